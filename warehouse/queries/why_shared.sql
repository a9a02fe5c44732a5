-- What one article shares with those that it was compared with, for a copy and for its story.
select
    shared.link,
    shared.kind,
    shared.key,
    coalesce(named.name, shared.key) as name,
    shared.field,
    shared.start_char,
    shared.end_char,
    shared.text,
    shared.against,
    shared.against_field,
    shared.against_start,
    shared.against_end,
    shared.against_text
from base.shared as shared
left join base.entities as named
    on named.article_id = shared.article_id and named.revision = shared.revision and named.entity_id = shared.key
where shared.article_id = $article
order by shared.link, shared.position;

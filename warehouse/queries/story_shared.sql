-- What the articles of one story share with those that they were compared with.
select
    shared.link,
    shared.article_id,
    shared.against,
    shared.kind,
    shared.key,
    coalesce(named.name, shared.key) as name,
    shared.field,
    shared.start_char,
    shared.end_char,
    shared.text,
    shared.against_field,
    shared.against_start,
    shared.against_end,
    shared.against_text
from base.shared as shared
join base.story_articles as placed on placed.article_id = shared.article_id
left join base.entities as named
    on named.article_id = shared.article_id and named.revision = shared.revision and named.entity_id = shared.key
where placed.story_id = $story or (shared.link = 'follow_up' and exists (
    select 1
    from base.story_links as links
    where links.earlier_id = $story and links.article_id = shared.article_id and links.against = shared.against
))
order by shared.article_id, shared.link, shared.position;

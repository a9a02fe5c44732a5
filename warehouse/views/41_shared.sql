create or replace view main.shared as
select
    shared.link,
    shared.article_id,
    shared.against,
    shared.position,
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
    shared.against_text,
    shared.revision,
    shared.against_revision
from base.shared as shared
left join base.entities as named
    on named.article_id = shared.article_id and named.revision = shared.revision and named.entity_id = shared.key;
comment on view main.shared is 'What an article has in common with the one that it is a copy of (copy), stands beside in its story (story), or by which its story follows an earlier one (follow_up), with the words in both.';
comment on column main.shared.kind is 'passage, address, person, organisation, place, matter, figure, day, name, title or lead';
comment on column main.shared.position is 'order within what two articles share: the weightiest first';
comment on column main.shared.name is 'canonical name of the key, where it is an entity';

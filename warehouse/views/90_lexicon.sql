create or replace view main.lexicon_entities as
select 'person' as kind, id, label, side, cast(null as varchar) as of_kind, cast(null as varchar) as merged_into, source
from lexicon.people
union all
select 'organisation', id, label, side, kind, null, source from lexicon.organisations
union all
select 'place', id, label, side, kind, nullif(merged_into, ''), source from lexicon.places;
comment on view main.lexicon_entities is 'Every person, organisation and place that is looked for, with its side and source; places with the province that took them up.';

create or replace view main.lexicon_offices as
with cells as (
    select id, label, side, unnest(string_split(roles, ';')) as cell from lexicon.people where roles <> ''
)
select
    id as entity_id,
    label as name,
    side,
    string_split(cell, ':')[1] as role,
    try_cast(string_split(string_split(cell, ':')[2], '/')[1] as date) as since,
    try_cast(string_split(string_split(cell, ':')[2], '/')[2] as date) as until
from cells;
comment on view main.lexicon_offices is 'Who held which office since when and until when (null: still, as far as the table knows).';

create or replace view main.lexicon_spellings as
with cells as (
    unpivot (
        select 'people' as "table", id, en, vi, ja, zh, ko, other from lexicon.people
        union all
        select 'organisations', id, en, vi, ja, zh, ko, other from lexicon.organisations
        union all
        select 'places', id, en, vi, ja, zh, ko, other from lexicon.places
        union all
        select 'terms', term, en, vi, ja, zh, ko, other from lexicon.terms
        union all
        select 'topics', topic, en, vi, ja, zh, ko, other from lexicon.topics
        union all
        select 'event_types', event_type, en, vi, ja, zh, ko, other from lexicon.event_types
        union all
        select 'roles', role, en, vi, ja, zh, ko, other from lexicon.roles
    ) on en, vi, ja, zh, ko, other into name language value cell
)
select "table", id, language, unnest(string_split(cell, '|')) as spelling from cells where cell <> '';
comment on view main.lexicon_spellings is 'Every spelling that is looked for, by table, meaning and language, as the tables write it (= as written, ~ bare, * stem).';
comment on column main.lexicon_entities.kind is 'person, organisation or place';

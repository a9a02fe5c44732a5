create or replace view main.outlets as
select
    outlets.name,
    outlets.side,
    outlets.country,
    outlets.ownership,
    outlets.owner,
    outlets.since,
    outlets.checked,
    outlets.doubt,
    outlets.seen,
    outlets.note,
    outlets.family,
    outlets.hosts,
    count(sources.source_id) as sources,
    count(sources.source_id) filter (where sources.enabled) as asked,
    outlets.outlet_id
from base.outlets as outlets
left join base.sources as sources using (outlet_id)
group by all;
comment on view main.outlets is 'Every outlet that is known, with who owns it, when and where that was read, and how many of its sources are asked.';
comment on column main.outlets.name is 'as its readers know it';
comment on column main.outlets.since is 'when it came to that owner (year, month or day); empty when long so or not found';

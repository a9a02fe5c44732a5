-- Completed runs that counted otherwise than the attempts that they kept (one that a full disk stopped may have kept a
-- batch that it could not count any more), and attempts that kept more or fewer entries than they found new. Of a
-- forgotten article neither can add up any more.
with kept as (
    select
        run_id,
        count(*) as asked,
        count(*) filter (where outcome not in ('ok', 'unchanged')) as failed,
        sum(entries) :: BIGINT as entries,
        sum(new_entries) :: BIGINT as new_entries
    from base.fetches
    group by run_id
),
counted as (
    select
        run_id,
        unnest(['asked', 'failed', 'entries', 'new_entries']) as what,
        unnest([counts['asked'], counts['failed'], counts['entries'], counts['new_entries']]) as counted,
        unnest([asked, failed, kept.entries, kept.new_entries]) as found
    from base.runs
    join kept using (run_id)
    where state = 'completed'
),
forgotten as (
    select unnest(seen_at) as seen_at from base.tombstones
),
items as (
    select source_id, first_seen, count(*) as items from base.items group by source_id, first_seen
)
select run_id, what, coalesce(counted, 0) as counted, found from counted where coalesce(counted, 0) <> found
union all
select fetches.run_id, 'items of ' || fetches.source_id, fetches.new_entries, coalesce(items.items, 0)
from base.fetches as fetches
join base.runs as runs using (run_id)
left join items on items.source_id = fetches.source_id and items.first_seen = fetches.fetched_at
where
    runs.state <> 'running'
    and fetches.new_entries <> coalesce(items.items, 0)
    and fetches.fetched_at not in (select seen_at from forgotten);

create or replace view main.source_health as
select
    sources.source_id,
    sources.outlet,
    sources.side,
    sources.language,
    coalesce(states.state, 'never') as state,
    coalesce(states.error, '') as error,
    states.failing_since,
    states.checked_at,
    states.good_at,
    states.new_item_at,
    states.next_check_at,
    coalesce(fetches.checks, 0) as checks,
    coalesce(fetches.new_entries, 0) as new_entries
from base.sources as sources
left join base.source_state as states using (source_id)
left join (
    select attempts.source_id, count(*) as checks, sum(attempts.new_entries) as new_entries
    from base.fetches as attempts
    group by attempts.source_id
) as fetches using (source_id)
where sources.source_id <> 'baseline';
comment on view main.source_health is 'Every source with its state at the last check.';

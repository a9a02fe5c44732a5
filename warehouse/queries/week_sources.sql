-- How every source that is asked did in the week.
with asked as (
    select
        source_id,
        count(*) as checks,
        count(*) filter (where outcome in ('ok', 'unchanged', 'empty')) as good,
        arg_max(outcome, fetched_at) as last_state,
        arg_max(error, fetched_at) as last_error,
        bool_or(entries > 0 and new_entries = entries and fetched_at > first_ok) as gap
    from base.fetches
    left join (
        select source_id, min(fetched_at) as first_ok from base.fetches where entries > 0 group by source_id
    ) as firsts using (source_id)
    where fetched_at >= $starts_at and fetched_at < $ends_at
    group by source_id
),
seen as (
    select
        source_id,
        count(*) filter (where first_seen >= $starts_at and not backlog) as new_items,
        count(*) filter (where first_seen >= $starts_at and not backlog and published_quality = 'none') as undated,
        max(published) as newest
    from base.items
    where first_seen < $ends_at
    group by source_id
),
poor as (
    select source_id, count(*) as summary_only
    from base.articles
    where is_current and not backlog and text_kind in ('summary', 'title')
        and first_seen >= $starts_at and first_seen < $ends_at
    group by source_id
),
failing as (
    select failed.source_id, min(failed.fetched_at) as failing_since
    from base.fetches as failed
    left join (
        select source_id, max(fetched_at) as last_good
        from base.fetches
        where outcome in ('ok', 'unchanged', 'empty') and fetched_at < $ends_at
        group by source_id
    ) as goods using (source_id)
    where failed.fetched_at < $ends_at and (goods.last_good is null or failed.fetched_at > goods.last_good)
    group by failed.source_id
)
select
    sources.source_id,
    coalesce(asked.checks, 0) as checks,
    coalesce(asked.good, 0) as good,
    coalesce(seen.new_items, 0) as new_items,
    coalesce(seen.undated, 0) as undated,
    coalesce(poor.summary_only, 0) as summary_only,
    coalesce(asked.last_state, 'never') as last_state,
    coalesce(asked.last_error, '') as last_error,
    failing.failing_since,
    coalesce(asked.good > 0 and asked.last_state <> 'empty' and seen.newest < $ends_at - interval 14 day, false) as frozen,
    coalesce(asked.gap, false) as gap
from base.sources as sources
left join asked using (source_id)
left join seen using (source_id)
left join poor using (source_id)
left join failing using (source_id)
where sources.enabled and sources.source_id <> 'baseline'
order by sources.source_id;

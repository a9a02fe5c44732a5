-- How every source does at $until, and how it did since $since: the one definition, for the issue as for the view.
-- A document is one with entries. Gaps are counted between days with something new, so that no night is a silence.
-- Of attempts that were let go, a week's sums stand for them: $since and $until are ends of weeks, or before and after all.
with every as (
    select
        source_id,
        1 as checks,
        if(outcome in ('ok', 'unchanged', 'empty'), 1, 0) as good,
        outcome,
        error,
        fetched_at as checked_at,
        if(outcome in ('ok', 'unchanged', 'empty'), fetched_at, null) as good_at,
        if(outcome in ('ok', 'unchanged', 'empty'), null, fetched_at) as failing_since,
        if(entries > 0, fetched_at, null) as first_entries_at,
        if(outcome = 'unchanged', 1, known_entries / nullif(entries, 0)) as overlap,
        if(outcome = 'unchanged' or entries > 0, fetched_at, null) as overlap_at,
        if(entries > 0 and known_entries = 0, fetched_at, null) as gap_at
    from base.fetches
    union all by name
    select * exclude (week, new_entries, first_at) from base.source_weeks
),
attempts as (
    select every.*, first_ever
    from every
    left join (select source_id, min(first_entries_at) as first_ever from every group by source_id) as firsts using (source_id)
    where checked_at < $until
),
asked as (
    select
        source_id,
        sum(checks) filter (where checked_at >= $since) as checks,
        sum(good) filter (where checked_at >= $since) as good,
        arg_max(outcome, checked_at) as outcome,
        arg_max(error, checked_at) as error,
        max(checked_at) as checked_at,
        max(good_at) as good_at,
        any_value(first_ever) as first_ever,
        arg_max(overlap, overlap_at) filter (where overlap_at > first_ever) as overlap,
        max(gap_at) filter (where gap_at > first_ever) as gap_at
    from attempts
    group by source_id
),
failing as (
    select source_id, min(attempts.failing_since) as failing_since
    from attempts
    join asked using (source_id)
    where asked.good_at is null or attempts.failing_since > asked.good_at
    group by source_id
),
seen as (
    select
        source_id,
        min(first_seen) as first_seen,
        arg_min(published, first_seen) as published,
        arg_min(published_quality, first_seen) as published_quality,
        bool_and(backlog) as backlog
    from base.items
    where first_seen < $until
    group by source_id, identity
),
counted as (
    select
        source_id,
        count(*) filter (where first_seen >= $since and not backlog) as new_items,
        count(*) filter (where first_seen >= $since and not backlog and published_quality = 'none') as undated,
        -- what came later is a sign of life, however old; what the first document held is as old as it says
        max(if(first_seen > first_ever, first_seen, least(coalesce(published, first_seen), first_seen))) as new_item_at
    from seen
    left join asked using (source_id)
    group by source_id
),
days as (
    select distinct source_id, cast(least(coalesce(published, first_seen), first_seen) as date) as day
    from seen
    qualify dense_rank() over (partition by source_id order by day desc) <= 60
),
gaps as (
    select source_id, date_diff('day', lag(day) over (partition by source_id order by day), day) as gap
    from days
),
rhythm as (
    select source_id, quantile_disc(gap, 0.9) as usual_gap_days
    from gaps
    where gap is not null
    group by source_id
    having count(*) >= 4
),
poor as (
    select source_id, count(*) as summary_only
    from base.articles
    where is_current and not backlog and text_kind in ('summary', 'title')
        and first_seen >= $since and first_seen < $until
    group by source_id
),
known as (
    select
        sources.source_id,
        asked.* exclude (source_id),
        failing_since,
        counted.* exclude (source_id),
        usual_gap_days,
        summary_only,
        outcome in ('ok', 'unchanged') and good_at - new_item_at > 3 * to_days(usual_gap_days) as is_silent
    from base.sources as sources
    left join asked using (source_id)
    left join failing using (source_id)
    left join counted using (source_id)
    left join rhythm using (source_id)
    left join poor using (source_id)
)
select
    source_id,
    case
        when good_at is null then 'never'
        when outcome in ('not_a_feed', 'blocked', 'gone', 'empty') then outcome
        when outcome not in ('ok', 'unchanged') then 'failing'
        when gap_at = checked_at then 'gap'
        when is_silent then 'frozen'
        else outcome
    end as state,
    coalesce(outcome, 'never') as outcome,
    coalesce(error, '') as error,
    failing_since,
    checked_at,
    good_at,
    next_check_at,
    new_item_at,
    usual_gap_days,
    overlap,
    gap_at,
    cast(coalesce(checks, 0) as bigint) as checks,
    cast(coalesce(good, 0) as bigint) as good,
    coalesce(new_items, 0) as new_items,
    coalesce(undated, 0) as undated,
    coalesce(summary_only, 0) as summary_only,
    coalesce(is_silent, false) as frozen,
    coalesce(gap_at >= $since, false) as gap
from known
left join (select source_id, next_check_at from base.source_state) as states using (source_id)
where
    source_id <> 'baseline'
    -- one that was first asked after $until was not watched yet
    and (checked_at is not null or source_id not in (select source_id from every))
order by source_id;

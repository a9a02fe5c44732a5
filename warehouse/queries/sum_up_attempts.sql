-- Attempts before $before, summed up by week and source: all that the health of sources and past weeks ask of them.
insert into base.source_weeks by name
with attempts as (
    select
        *,
        cast(date_trunc('week', fetched_at at time zone $zone) as date) as week,
        outcome in ('ok', 'unchanged', 'empty') as is_good,
        outcome = 'unchanged' or entries > 0 as is_document
    from base.fetches
    where fetched_at < $before
),
weeks as (
    select
        week,
        source_id,
        count(*) as checks,
        count(*) filter (where is_good) as good,
        cast(sum(new_entries) as bigint) as new_entries,
        arg_max(outcome, fetched_at) as outcome,
        arg_max(error, fetched_at) as error,
        min(fetched_at) as first_at,
        max(fetched_at) as checked_at,
        max(fetched_at) filter (where is_good) as good_at,
        min(fetched_at) filter (where entries > 0) as first_entries_at,
        arg_max(if(outcome = 'unchanged', 1, known_entries / entries), fetched_at) filter (where is_document) as overlap,
        max(fetched_at) filter (where is_document) as overlap_at,
        max(fetched_at) filter (where entries > 0 and known_entries = 0) as gap_at
    from attempts
    group by week, source_id
)
select weeks.*, failing.failing_since
from weeks
left join (
    select attempts.week, attempts.source_id, min(attempts.fetched_at) as failing_since
    from attempts
    join weeks using (week, source_id)
    where weeks.good_at is null or attempts.fetched_at > weeks.good_at
    group by attempts.week, attempts.source_id
) as failing using (week, source_id)
order by week, source_id;

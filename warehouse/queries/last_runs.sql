-- The last run of each flow, and when the last completed one ended.
with latest as (
    select
        *,
        max(finished_at) filter (where state = 'completed') over (partition by flow) as good_at
    from base.runs
    qualify row_number() over (partition by flow order by started_at desc, run_id) = 1
)
select
    flow,
    now,
    started_at,
    finished_at,
    state,
    error,
    map_entries(counts) as counts,
    good_at,
    date_diff('millisecond', started_at, finished_at) / 1000 as seconds
from latest
order by flow;

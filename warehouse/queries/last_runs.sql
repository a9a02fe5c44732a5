-- The last run of each flow; when the last one that went well began and ended, and when any of it was last known.
with latest as (
    select
        *,
        max(started_at) filter (where state = 'completed') over (partition by flow) as good_started_at,
        max(finished_at) filter (where state = 'completed') over (partition by flow) as good_at,
        max(coalesce(finished_at, started_at)) over (partition by flow) as last_at
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
    good_started_at,
    good_at,
    last_at,
    date_diff('millisecond', started_at, finished_at) / 1000 as seconds
from latest
order by flow;

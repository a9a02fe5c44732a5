-- How the newest run of every flow went, when one of it last ended well, and the last instant that any of it was known.
select
    flow,
    arg_max(state, started_at) as state,
    arg_max(error, started_at) as error,
    max(started_at) as started_at,
    max(finished_at) filter (where state = 'completed') as good_at,
    greatest(max(started_at), coalesce(max(finished_at), max(started_at))) as last_at
from base.runs
group by flow
order by flow;

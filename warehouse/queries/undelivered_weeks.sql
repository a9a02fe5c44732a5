-- The frozen weeks that may go out and that somebody still waits for, the oldest first.
with states as (
    select week, arg_max(state, number) as state from base.issue_log group by week
)
select distinct issues.week, issues.frozen_at
from base.issues as issues
join base.deliveries as deliveries using (week)
left join states using (week)
where deliveries.status in ('pending', 'deferred', 'handing_over') and coalesce(states.state, 'released') = 'released'
order by issues.week;

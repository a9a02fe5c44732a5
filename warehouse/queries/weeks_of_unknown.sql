-- The weeks of which somebody may have the issue, the oldest first.
select distinct issues.week, issues.frozen_at
from base.issues as issues
join base.deliveries as deliveries using (week)
where deliveries.status = 'unknown'
order by issues.week;

-- The frozen weeks that somebody still waits for, the oldest first.
select distinct issues.week, issues.frozen_at
from base.issues as issues
join base.deliveries as deliveries using (week)
where deliveries.status in ('pending', 'deferred', 'handing_over')
order by issues.week;

-- The issues that wait for approval, with what happens at their deadline and the hash of what they hold now.
select
    log.week,
    max(log.due_at) as due_at,
    arg_max(log.when_due, log.number) filter (log.when_due <> '') as when_due,
    any_value(issues.sha256) as sha256
from base.issue_log as log
join base.issues as issues using (week)
group by log.week
having arg_max(log.state, log.number) = 'waiting'
order by log.week;

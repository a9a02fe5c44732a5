-- The issues that may go out, the oldest first, with the languages that each was rendered in.
with states as (
    select week, arg_max(state, number) as state from base.issue_log group by week
)
select issues.week, issues.frozen_at, list(renderings.language order by renderings.language) as languages
from base.issues as issues
join base.renderings as renderings using (week)
left join states using (week)
where coalesce(states.state, 'released') = 'released'
group by issues.week, issues.frozen_at
order by issues.week;

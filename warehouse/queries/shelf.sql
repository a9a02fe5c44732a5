-- The frozen weeks, oldest first, with the languages that each was rendered in.
select
    issues.week,
    issues.frozen_at,
    list(renderings.language order by renderings.language) as languages
from base.issues as issues
join base.renderings as renderings using (week)
group by issues.week, issues.frozen_at
order by issues.week;

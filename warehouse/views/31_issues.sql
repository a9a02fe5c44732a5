create or replace view main.issues as
select
    issues.week,
    issues.frozen_at,
    issues.zone,
    issues.sha256,
    count(entries.position) as stories,
    coalesce(sum(entries.articles), 0) as articles
from base.issues as issues
left join base.issue_entries as entries using (week)
group by all
order by issues.week;
comment on view main.issues is 'Every frozen issue with how much it tells.';

create or replace view main.issues as
select
    issues.week,
    issues.frozen_at,
    issues.zone,
    issues.sha256,
    count(entries.position) as stories,
    cast(coalesce(sum(entries.articles), 0) as bigint) as articles,
    cast(coalesce(sum(entries.texts), 0) as bigint) as texts,
    any_value(weeks.sources_working) as sources_working
from base.issues as issues
left join base.issue_entries as entries using (week)
left join main.weeks as weeks using (week)
group by issues.week, issues.frozen_at, issues.zone, issues.sha256
order by issues.week;
comment on view main.issues is 'Every frozen issue with how much it tells.';
comment on column main.issues.week is 'ISO week of the issue, in its own zone';
comment on column main.issues.stories is 'lines of the issue';
comment on column main.issues.articles is 'in its stories, copies included';
comment on column main.issues.texts is 'separate texts in its stories';

create or replace view main.issues as
with counted as (
    select week, count(*) as stories, sum(articles)::bigint as articles, sum(texts)::bigint as texts
    from base.issue_entries
    group by week
),
decided as (
    select week, arg_max(state, number) as state, count(*) filter (decision in ('drop', 'pin')) as edits
    from base.issue_log
    group by week
)
select
    issues.week,
    issues.frozen_at,
    issues.zone,
    issues.sha256,
    coalesce(counted.stories, 0) as stories,
    coalesce(counted.articles, 0) as articles,
    coalesce(decided.state, 'released') as state,
    coalesce(decided.edits, 0) as edits,
    coalesce(counted.texts, 0) as texts,
    weeks.sources_working
from base.issues as issues
left join counted using (week)
left join decided using (week)
left join main.weeks as weeks using (week)
order by issues.week;
comment on view main.issues is 'Every frozen issue with how much it tells, whether it may go out (waiting, held, released) and how often it was edited.';
comment on column main.issues.week is 'ISO week of the issue, in its own zone';
comment on column main.issues.stories is 'lines of the issue';
comment on column main.issues.articles is 'in its stories, copies included';
comment on column main.issues.texts is 'separate texts in its stories';
comment on column main.issues.state is 'waiting, held or released';
comment on column main.issues.edits is 'drops and pins since it was frozen';

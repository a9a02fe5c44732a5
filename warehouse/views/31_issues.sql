create or replace view main.issues as
with counted as (
    select week, count(*) as stories, sum(articles) as articles from base.issue_entries group by week
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
    coalesce(decided.edits, 0) as edits
from base.issues as issues
left join counted using (week)
left join decided using (week)
order by issues.week;
comment on view main.issues is 'Every frozen issue with how much it tells, whether it may go out (waiting, held, released) and how often it was edited.';

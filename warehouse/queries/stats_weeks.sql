-- The newest weeks in which something was seen or run, newest first: what came in, what came of it, and how runs went.
-- A run is killed that is still marked as running though a later one of its flow began; the newest is unfinished.
with seen as (
    select strftime(first_seen at time zone $zone, '%G-W%V') as week, count(*) as items from base.items group by 1
),
read as (
    select
        strftime(articles.first_seen at time zone $zone, '%G-W%V') as week,
        count(*) as articles,
        count(*) filter (where verdicts.relevance in ('bilateral', 'related')) as relevant,
        count(copies.article_id) as folded
    from base.articles as articles
    left join base.verdicts as verdicts using (article_id, revision)
    left join base.duplicates as copies using (article_id)
    where articles.is_current and articles.source_id <> 'baseline'
    group by 1
),
runs as (
    select
        strftime(now at time zone $zone, '%G-W%V') as week,
        state,
        date_diff('millisecond', started_at, finished_at) / 1000 as seconds,
        lead(run_id) over (partition by flow order by started_at, run_id) is not null as followed
    from base.runs
),
worked as (
    select
        week,
        count(*) filter (where state = 'completed') as runs_good,
        count(*) filter (where state = 'failed') as runs_failed,
        count(*) filter (where state = 'running' and followed) as runs_killed,
        count(*) filter (where state = 'running' and not followed) as runs_unfinished,
        round(sum(seconds), 1) as seconds
    from runs
    group by week
),
letters as (
    select week, map_entries(map_from_entries(list((status, readers) order by status))) as deliveries
    from main.deliveries
    group by week
),
known as (
    select week from seen
    union
    select week from read
    union
    select week from worked
    union
    select week from main.issues
)
select
    known.week,
    coalesce(seen.items, 0) as items,
    coalesce(read.articles, 0) as articles,
    coalesce(read.relevant, 0) as relevant,
    coalesce(read.folded, 0) as folded,
    coalesce(told.stories, 0) as stories,
    coalesce(weeks.sources_working, 0) as sources_worked,
    coalesce(weeks.sources_asked - weeks.sources_working, 0) as sources_failed,
    coalesce(issues.state, '') as issue,
    coalesce(issues.stories, 0) as stories_told,
    letters.deliveries,
    coalesce(worked.runs_good, 0) as runs_good,
    coalesce(worked.runs_failed, 0) as runs_failed,
    coalesce(worked.runs_killed, 0) as runs_killed,
    coalesce(worked.runs_unfinished, 0) as runs_unfinished,
    coalesce(worked.seconds, 0) as seconds
from known
left join seen using (week)
left join read using (week)
left join worked using (week)
left join letters using (week)
left join main.weeks as weeks using (week)
left join main.issues as issues using (week)
left join main.weekly_counts as told on told.week = known.week and told.dimension = 'all'
order by known.week desc
limit $most;

create or replace view main.source_weeks as
select
    strftime(attempts.week, '%G-W%V') as week,
    attempts.source_id,
    sources.outlet,
    sources.side,
    sources.language,
    attempts.checks,
    attempts.good,
    attempts.last_outcome,
    attempts.last_outcome in ('ok', 'unchanged') as worked,
    attempts.new_entries
from (
    select
        asked.week,
        asked.source_id,
        sum(asked.checks)::bigint as checks,
        sum(asked.good)::bigint as good,
        arg_max(asked.outcome, asked.checked_at) as last_outcome,
        sum(asked.new_entries)::bigint as new_entries
    from (
        select
            date_trunc('week', fetches.fetched_at at time zone $zone) as week,
            fetches.source_id,
            1 as checks,
            if(fetches.outcome in ('ok', 'unchanged', 'empty'), 1, 0) as good,
            fetches.outcome,
            fetches.fetched_at as checked_at,
            fetches.new_entries
        from base.fetches as fetches
        union all
        select
            let_go.week,
            let_go.source_id,
            let_go.checks,
            let_go.good,
            let_go.outcome,
            let_go.checked_at,
            let_go.new_entries
        from base.source_weeks as let_go
    ) as asked
    group by asked.week, asked.source_id
) as attempts
join base.sources as sources on sources.source_id = attempts.source_id
where sources.source_id <> 'baseline';
comment on view main.source_weeks is 'How every source did in every week in which it was asked.';

create or replace view main.weeks as
select
    source_weeks.week,
    count(*) as sources_asked,
    count(*) filter (where source_weeks.worked) as sources_working,
    count(*) filter (where source_weeks.worked and source_weeks.side = 'vietnam') as vietnam_working,
    count(*) filter (where source_weeks.worked and source_weeks.side = 'japan') as japan_working,
    count(*) filter (where source_weeks.worked and source_weeks.side = 'third') as third_working
from main.source_weeks as source_weeks
group by source_weeks.week;
comment on view main.weeks is 'How many sources were asked and how many worked in each week: the denominator of every count.';
comment on column main.weeks.vietnam_working is 'of the sources working, those of the Vietnamese side';
comment on column main.weeks.japan_working is 'of the sources working, those of the Japanese side';
comment on column main.weeks.third_working is 'of the sources working, those of third countries';

-- Warning: Sources that are asked and gave nothing new for two weeks, by their last check.
with begun as (
    select source_id, min(since) as since
    from (
        select source_id, fetched_at as since from base.fetches
        union all
        select source_id, first_at from base.source_weeks
    )
    group by source_id
)
select sources.source_id, health.state, health.checked_at, health.good_at, health.new_item_at
from base.source_health as health
join base.sources as sources using (source_id)
join begun using (source_id)
where
    sources.enabled
    and health.checked_at >= begun.since + interval 14 day
    and (
        health.state = 'frozen'
        or coalesce(health.good_at, begun.since) <= health.checked_at - interval 14 day
        or coalesce(health.new_item_at, begun.since) <= health.checked_at - interval 14 day
    );

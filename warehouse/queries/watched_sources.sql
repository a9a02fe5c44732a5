-- Every source that is watched, with how it did at its last check.
select
    sources.source_id,
    sources.outlet,
    coalesce(health.state, 'never') as state,
    coalesce(health.error, '') as error,
    health.failing_since,
    health.checked_at
from base.sources as sources
left join base.source_health as health using (source_id)
where sources.enabled and sources.source_id <> 'baseline'
order by sources.source_id;

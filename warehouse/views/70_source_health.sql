create or replace view main.source_health as
select
    sources.source_id,
    sources.outlet,
    sources.side,
    sources.language,
    sources.enabled,
    coalesce(health.state, 'never') as state,
    coalesce(health.outcome, 'never') as outcome,
    coalesce(health.error, '') as error,
    health.failing_since,
    health.checked_at,
    health.good_at,
    health.next_check_at,
    health.new_item_at,
    health.usual_gap_days,
    health.overlap,
    health.gap_at,
    coalesce(health.checks, 0) as checks,
    coalesce(health.new_items, 0) as new_items,
    coalesce(states.moved_to, '') as moved_to
from base.sources as sources
left join base.source_health as health using (source_id)
left join base.source_state as states using (source_id)
where sources.source_id <> 'baseline';
comment on view main.source_health is 'Every source with how it does, as of the last collect. state: never (gave no feed here yet), ok, unchanged, empty, not_a_feed, blocked, gone, failing, frozen (silent against its own rhythm) or gap (entries were probably missed).';
comment on column main.source_health.failing_since is 'first failed attempt since the last good one';
comment on column main.source_health.new_item_at is 'when something new came last; of what the first document held, when it was published';
comment on column main.source_health.usual_gap_days is 'nine in ten gaps between days with something new are no longer; frozen after three times that';
comment on column main.source_health.overlap is 'share of known entries at the last check; 0 means that some were probably missed, null that it was the first';
comment on column main.source_health.moved_to is 'where its permanent redirects lead: write that address into your list of sources';
comment on column main.source_health.gap_at is 'last document, after the first, without a single known entry';

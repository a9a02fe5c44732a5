-- What came from $since until $until, since when anything came, and how much is held.
select
    (select count(*) from base.articles where is_current and first_seen >= $since and first_seen < $until) as articles,
    (select count(*) from base.fetches where fetched_at >= $since and fetched_at < $until) as attempts,
    (select count(*) from base.articles where source_id <> 'baseline') as held,
    (select count(*) from base.sources where enabled and source_id <> 'baseline') as sources,
    (select min(first_seen) from base.items) as since;

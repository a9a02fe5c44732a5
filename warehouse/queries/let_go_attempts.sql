delete from base.fetches where fetched_at < $before;

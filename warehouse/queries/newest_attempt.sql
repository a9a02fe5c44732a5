-- When a source was asked last, null where none ever was.
select max(fetched_at) as at from base.fetches;

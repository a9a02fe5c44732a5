-- Where the feeds lie that attempts before $before brought.
insert into base.feed_places by name
select distinct source_id, fetched_at, warc_file, warc_offset
from base.fetches
where fetched_at < $before and warc_offset >= 0
order by fetched_at, source_id;

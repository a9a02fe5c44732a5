-- Feeds that may list an article: those of its sources, from when each saw it first.
with places as (
    select source_id, fetched_at, warc_file, warc_offset from base.fetches where warc_offset >= 0
    union all
    select source_id, fetched_at, warc_file, warc_offset from base.feed_places
)
select distinct places.warc_file, places.warc_offset
from places
join (select source_id, min(first_seen) as since from base.items where article_id = $id group by source_id) as seen
    on seen.source_id = places.source_id and places.fetched_at >= seen.since
order by all;

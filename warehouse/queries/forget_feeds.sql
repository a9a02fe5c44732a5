-- Feeds that may list an article: those of its sources, from when each saw it first.
select distinct fetches.warc_file, fetches.warc_offset
from base.fetches as fetches
join (select source_id, min(first_seen) as since from base.items where article_id = $id group by source_id) as seen
    on seen.source_id = fetches.source_id and fetches.fetched_at >= seen.since
where fetches.warc_offset >= 0
order by all;

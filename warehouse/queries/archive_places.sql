-- Some of the places at which raw pages and feeds are kept: others on every day, all in their turn.
with places as (
    select warc_file, warc_offset, any_value(page_id) as id, 'page' as kind, any_value(final_url) as url, any_value(sha256) as sha256
    from base.pages
    where warc_offset >= 0
    group by warc_file, warc_offset
    union all
    select warc_file, warc_offset, any_value(fetch_id), 'feed', any_value(final_url), ''
    from base.fetches
    where warc_offset >= 0
    group by warc_file, warc_offset
    union all
    select warc_file, warc_offset, any_value('feed of ' || source_id), 'feed', '', '' from base.feed_places group by warc_file, warc_offset
)
select * from places order by hash(warc_file, warc_offset, $day), warc_file, warc_offset limit $most;

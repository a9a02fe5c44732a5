-- Archive files with the instant of the newest row that points at each, and whether a page in it is still to be read.
with newest as (
    select * from base.pages
    qualify row_number() over (partition by article_id order by outcome = 'ok' desc, fetched_at desc, page_id) = 1
),
pointing as (
    select pages.warc_file, pages.fetched_at, newest.page_id is not null and extractions.page_id is null as is_unread
    from base.pages as pages
    left join newest using (page_id)
    left join (select distinct page_id from base.extractions) as extractions using (page_id)
    where pages.warc_offset >= 0
    union all
    select warc_file, fetched_at, false from base.fetches where warc_offset >= 0
    union all
    select warc_file, fetched_at, false from base.feed_places
)
select archives.file, max(pointing.fetched_at) as newest_at, coalesce(bool_or(pointing.is_unread), false) as has_unread
from base.archives as archives
left join pointing on pointing.warc_file = archives.file
where archives.let_go_at is null
group by archives.file
order by archives.file;

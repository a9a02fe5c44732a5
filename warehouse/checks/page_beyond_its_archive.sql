-- Pages kept at a place that their archive file does not reach.
select pages.page_id, pages.warc_file, pages.warc_offset
from base.pages as pages
left join base.archives as archives on archives.file = pages.warc_file
where pages.warc_offset >= 0 and (archives.bytes is null or pages.warc_offset >= archives.bytes);

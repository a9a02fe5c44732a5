select distinct warc_file, warc_offset from base.pages where article_id = $id and warc_offset >= 0 order by all;

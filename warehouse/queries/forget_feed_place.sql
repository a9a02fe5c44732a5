delete from base.feed_places where warc_file = $file and warc_offset = $offset;

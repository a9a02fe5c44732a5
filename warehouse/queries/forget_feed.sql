update base.fetches set warc_file = '', warc_offset = -1 where warc_file = $file and warc_offset = $offset;

update base.fetches set warc_offset = -1 where warc_file = $file and warc_offset >= 0;

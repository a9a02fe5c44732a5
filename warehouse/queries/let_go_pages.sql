-- Pages that lay in an archive file that is let go: -1, and which file it was.
update base.pages set warc_offset = -1 where warc_file = $file and warc_offset >= 0;

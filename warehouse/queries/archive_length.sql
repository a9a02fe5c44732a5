-- How much of a WARC file is committed.
select coalesce(max(bytes), 0) as bytes from base.archives where file = $file;

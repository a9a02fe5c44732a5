-- How far a file that is there reaches; it was not let go, whatever was said of it.
merge into base.archives as held using (select $file as file, $bytes :: BIGINT as bytes) as found using (file)
when matched then update set bytes = found.bytes, let_go_at = null when not matched then insert by name;

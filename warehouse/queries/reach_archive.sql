merge into base.archives as held using (select $file as file, $bytes :: BIGINT as bytes) as found using (file)
when matched then update set * when not matched then insert by name;

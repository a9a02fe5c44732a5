select number, sha256 from main.schema_migrations order by number;

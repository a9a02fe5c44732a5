insert into main.schema_migrations values (?, ?, ?);

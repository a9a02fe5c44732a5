-- The tables that hold what we know.
select table_name from duckdb_tables() where database_name = current_database() and schema_name = 'base' order by table_name;

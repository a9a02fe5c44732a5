select 1 from duckdb_tables()
where database_name = current_database() and schema_name = 'base' and table_name = 'commits';

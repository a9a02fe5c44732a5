select table_name from duckdb_tables() where database_name = 'other' and schema_name = 'base';

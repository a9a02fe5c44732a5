-- Whether this snapshot was published by a version that knows search.
select 1 as yes from duckdb_functions() where schema_name = 'base' and function_name = 'ranked' limit 1;

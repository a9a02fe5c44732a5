-- Statements that take the public views and the lexicon off a file.
select format('drop view if exists main."{}"', view_name) from duckdb_views()
where database_name = current_database() and schema_name = 'main' and not internal
union all
select format('drop macro if exists main."{}"', function_name) from duckdb_functions()
where database_name = current_database() and schema_name = 'main' and function_type = 'macro' and not internal
union all
select format('drop macro table if exists main."{}"', function_name) from duckdb_functions()
where database_name = current_database() and schema_name = 'main' and function_type = 'table_macro' and not internal
union all
select 'drop schema if exists lexicon cascade';

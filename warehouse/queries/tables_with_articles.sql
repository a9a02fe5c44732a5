-- Tables that hold rows of articles, today's and whatever comes later.
select columns.table_name
from duckdb_columns() as columns
join duckdb_tables() as tables using (database_name, schema_name, table_name)
where database_name = current_database() and schema_name = 'base' and columns.column_name = 'article_id'
order by columns.table_name;

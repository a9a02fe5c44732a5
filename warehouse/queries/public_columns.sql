-- The columns of a public view with their types and meaning.
select columns.column_name, columns.data_type, columns.comment
from duckdb_columns() as columns
where columns.database_name = current_database() and columns.schema_name = 'main' and columns.table_name = ?
order by columns.column_index;

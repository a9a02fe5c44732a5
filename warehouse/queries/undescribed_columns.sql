-- Columns of the public views that their own file says nothing of.
select columns.table_name as view, columns.column_name as "column"
from duckdb_columns() as columns
semi join duckdb_views() as views
    on views.database_name = columns.database_name and views.schema_name = columns.schema_name
    and views.view_name = columns.table_name
where columns.database_name = current_database() and columns.schema_name = 'main' and not columns.internal
    and columns.comment is null
order by columns.table_name, columns.column_index;

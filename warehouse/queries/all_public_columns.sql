-- Every column of every public view, in order, with what is said of both.
select
    columns.table_name as "table",
    columns.column_name as "column",
    columns.data_type as type,
    coalesce(views.comment, '') as about_table,
    coalesce(columns.comment, '') as about
from duckdb_columns() as columns
join duckdb_views() as views
    on views.database_name = columns.database_name
    and views.schema_name = columns.schema_name
    and views.view_name = columns.table_name
where columns.database_name = current_database() and columns.schema_name = 'main' and not views.internal
order by columns.table_name, columns.column_index;

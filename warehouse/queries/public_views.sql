-- The public views with their meaning.
select views.view_name, views.comment
from duckdb_views() as views
where views.database_name = current_database() and views.schema_name = 'main' and not views.internal
order by views.view_name;

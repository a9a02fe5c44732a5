-- The public macros with their arguments and meaning.
select '`' || functions.function_name || '(' || array_to_string(functions.parameters, ', ') || ')`' as macro, functions.comment
from duckdb_functions() as functions
where
    functions.database_name = current_database() and functions.schema_name = 'main'
    and functions.function_type in ('macro', 'table_macro') and not functions.internal
order by functions.function_name;

-- One row where the file wears the public views.
select true from duckdb_tables()
where database_name = current_database() and schema_name = 'lexicon' and table_name = 'made_by';

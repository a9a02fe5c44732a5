copy (
    select {columns}, coalesce({week}, 'unknown') as week
    from main.{table} as held
    left join weeks_of_rows as placed on placed.id = held.{key}
)
to '{folder}' ({format}, partition_by (week), filename_pattern '{table}_{{i}}');

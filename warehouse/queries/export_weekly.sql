copy (
    select {columns}, coalesce(weeks.week, 'unknown') as week
    from main.{table} as held
    left join weeks on weeks.id = held.{key}
)
to '{folder}' ({format}, partition_by (week), filename_pattern '{table}_{{i}}');

select count(*), min(hash(columns(*))) from base.{table};

select count(*) from base.{table};

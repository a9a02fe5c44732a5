insert into base.{table} by name select * from batch;

insert into base.{table} by name select * from batch anti join base.{table} using ({keys});

delete from base.{table} where ({keys}) in (select ({keys}) from gone);

delete from base.{table} where article_id = $id;

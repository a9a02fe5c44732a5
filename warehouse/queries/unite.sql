-- The rows of articles that turned out to be others (`united`: id, kept) go to those.
update base.{table} set article_id = united.kept from united where {table}.article_id = united.id;

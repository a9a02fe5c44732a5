create or replace table lexicon.{table} as select * from shipped;
comment on table lexicon.{table} is 'warehouse/seeds/{table}.csv, read-only here: edit the file.';

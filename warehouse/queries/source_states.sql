-- What is remembered of every source.
select * from base.source_state order by source_id;

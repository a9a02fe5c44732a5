-- Every source, the baseline's included.
select * from base.sources order by source_id;

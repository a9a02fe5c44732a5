create or replace view main.deliveries as
select week, status, count(*) as readers, max(updated_at) as updated_at
from base.deliveries
group by week, status
order by week, status;
comment on view main.deliveries is 'How many readers of each issue have it (sent), will be tried again (deferred), refused it (rejected) or may have it (unknown).';

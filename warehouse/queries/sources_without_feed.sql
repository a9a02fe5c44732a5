-- Enabled sources whose last check gave no entries, and those that give nothing new.
select outlet, if(state in ('ok', 'unchanged'), 'frozen', state) as state, error
from main.source_health
where state not in ('ok', 'unchanged') or new_item_at is null or new_item_at < checked_at - interval 10 day
order by outlet;

-- Forgotten articles of which something may stand in a file of the data folder still.
select article_id, min(forgotten_at) as forgotten_at, any_value(reason) as reason
from base.tombstones
where cleared_at is null
group by article_id
order by forgotten_at, article_id;

-- All sightings of the articles in `wanted`, oldest first.
select items.*
from base.items as items
join wanted on items.article_id = wanted.id
order by items.article_id, items.first_seen, items.source_id, items.item_id;

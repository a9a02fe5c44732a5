-- Which of the sightings in `wanted` are held.
select items.item_id as id from base.items as items join wanted on items.item_id = wanted.id;

-- How many of the `sightings` of each source are of entries that it had before: by identity, or by the article they name.
with held as (
    select source_id, identity, article_id
    from base.items
    where first_seen < $now and source_id in (select source_id from sightings)
)
select source_id, count(*) as known
from sightings
where
    (source_id, identity) in (select (source_id, identity) from held)
    or (source_id, article_id) in (select (source_id, article_id) from held)
group by source_id;

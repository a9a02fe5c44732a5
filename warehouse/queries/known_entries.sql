-- How many of the `sightings` of a source are of entries that it had before: by identity, or by the article they name.
with held as (
    select identity, article_id from base.items where source_id = $source and first_seen < $now
)
select count(*) as known
from sightings
where identity in (select identity from held) or article_id in (select article_id from held);

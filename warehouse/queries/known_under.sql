-- Which article each name in `wanted` (a canonical address, or an id of the site's) is held under: the first to have it.
with named as (
    select canonical_url as name, article_id, first_seen, item_id from base.items where url <> ''
    union all
    select article_key, article_id, first_seen, item_id from base.items where url <> '' and article_key <> ''
)
select name, article_id
from named
join wanted on named.name = wanted.id
qualify row_number() over (partition by name order by first_seen, item_id) = 1;

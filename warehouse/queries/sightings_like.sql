-- What is held at the addresses in `sought`, or under their title keys.
select items.*
from base.items as items
where
    items.canonical_url in (select canonical_url from sought where canonical_url <> '')
    or items.title_key in (select title_key from sought where title_key <> '')
order by items.first_seen, items.item_id;

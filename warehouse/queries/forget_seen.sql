select distinct seen_at from (
    select first_seen as seen_at from base.items where article_id = $id
    union all
    select fetched_at from base.pages where article_id = $id
)
order by seen_at;

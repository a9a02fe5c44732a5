-- Articles by id or address, else by a part of the title.
with named as (
    select article_id, outlet, title from main.articles where article_id = $wanted or url = $wanted
),
titled as (
    select article_id, outlet, title from main.articles where contains(lower(title), lower($wanted))
)
select * from named
union all
select * from titled where not exists (select 1 from named)
order by title, article_id
limit 10;

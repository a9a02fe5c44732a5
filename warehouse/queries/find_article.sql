-- Articles by id or address, else by a part of the title.
with named as (
    select article_id from main.articles where article_id = $wanted or url = $wanted
),
meant as (
    select article_id from named
    union all
    select article_id
    from main.articles
    where contains(lower(title), lower($wanted)) and not exists (select 1 from named)
)
select articles.article_id, articles.outlet, articles.title, articles.relevance
from main.articles as articles
join meant using (article_id)
order by articles.title, articles.article_id
limit $most;

-- Current revisions of the articles in `wanted`, in the language that the user gives them, where he did.
-- Texts are most of the warehouse: found by row first, those of one week are read without opening all the others.
select articles.* replace (coalesce(nullif(labels.language, ''), articles.language) as language)
from base.articles as articles
left join base.labels as labels on labels.article_id = articles.article_id
where articles.rowid in (
    select held.rowid
    from base.articles as held
    join wanted on held.article_id = wanted.id
    where held.is_current
)
order by articles.article_id;

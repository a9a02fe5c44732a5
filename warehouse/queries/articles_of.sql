-- Current revisions of the articles in `wanted`, in the language that the user gives them, where he did.
select articles.* replace (coalesce(nullif(labels.language, ''), articles.language) as language)
from base.articles as articles
join wanted on articles.article_id = wanted.id
left join base.labels as labels on labels.article_id = articles.article_id
where articles.is_current
order by articles.article_id;

-- What the articles in `wanted` are called.
select articles.article_id, articles.outlet, articles.title
from base.articles as articles
join wanted on articles.article_id = wanted.id
where articles.is_current;

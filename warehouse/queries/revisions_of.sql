-- Which revisions of the articles in `wanted` are current.
select articles.article_id, articles.revision
from base.articles as articles
join wanted on articles.article_id = wanted.id
where articles.is_current;

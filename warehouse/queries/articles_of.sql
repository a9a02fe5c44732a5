-- Current revisions of the articles in `wanted`.
select articles.*
from base.articles as articles
join wanted on articles.article_id = wanted.id
where articles.is_current
order by articles.article_id;

-- Entities of the current revisions of the articles in `wanted`.
select entities.*
from base.entities as entities
join base.articles as articles using (article_id, revision)
join wanted on entities.article_id = wanted.id
where articles.is_current
order by article_id, position;

-- Tags of the current revisions of the articles in `wanted`.
select tags.*
from base.tags as tags
join base.articles as articles using (article_id, revision)
join wanted on tags.article_id = wanted.id
where articles.is_current
order by article_id, kind, position;

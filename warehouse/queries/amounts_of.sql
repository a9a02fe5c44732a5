-- Amounts of the current revisions of the articles in `wanted`.
select amounts.*
from base.amounts as amounts
join base.articles as articles using (article_id, revision)
join wanted on amounts.article_id = wanted.id
where articles.is_current
order by article_id, position;

-- Judgements of the current revisions of the articles in `wanted`.
select judgements.*
from base.judgements as judgements
join base.articles as articles using (article_id, revision)
join wanted on judgements.article_id = wanted.id
where articles.is_current
order by article_id;

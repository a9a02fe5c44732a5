-- What holds of the current revisions of the articles in `wanted`.
select verdicts.*
from base.verdicts as verdicts
join base.articles as articles using (article_id, revision)
join wanted on verdicts.article_id = wanted.id
where articles.is_current
order by article_id;

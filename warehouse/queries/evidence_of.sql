-- Evidence of the current revisions of the articles in `wanted`.
select evidence.*
from base.evidence as evidence
join base.articles as articles using (article_id, revision)
join wanted on evidence.article_id = wanted.id
where articles.is_current
order by article_id, tag, field desc, start_char, end_char;

-- Dates_ahead of the current revisions of the articles in `wanted`.
select dates_ahead.*
from base.dates_ahead as dates_ahead
join base.articles as articles using (article_id, revision)
join wanted on dates_ahead.article_id = wanted.id
where articles.is_current
order by article_id, day, start_char;

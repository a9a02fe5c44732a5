-- Who meets whom in the current revisions of the articles in `wanted`.
select encounters.*
from base.encounters as encounters
join base.articles as articles using (article_id, revision)
join wanted on encounters.article_id = wanted.id
where articles.is_current
order by article_id, field desc, start_char, person_a, person_b;

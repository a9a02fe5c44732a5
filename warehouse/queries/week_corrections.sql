-- Revisions of the week that correct what an earlier one said, of the articles in `wanted`.
select articles.*
from base.articles as articles
join wanted on articles.article_id = wanted.id
where articles.correction <> '' and articles.revised_at >= $starts_at and articles.revised_at < $ends_at
order by articles.article_id, articles.revision_no;

-- The copies under one root.
select copies.article_id, articles.outlet, articles.title
from base.duplicates as copies
join base.articles as articles on articles.article_id = copies.article_id and articles.is_current
where copies.duplicate_of = $root
order by copies.article_id;

-- The articles of one story, earliest first, each with the one that it is a copy of.
select placed.article_id, copies.duplicate_of
from base.story_articles as placed
join base.articles as articles on articles.article_id = placed.article_id and articles.is_current
left join base.duplicates as copies on copies.article_id = placed.article_id
where placed.story_id = $story
order by coalesce(articles.published, articles.first_seen), placed.article_id;

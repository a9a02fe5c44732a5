-- Which stories the articles in `wanted` are in, and why.
select placed.*
from base.story_articles as placed
join wanted on placed.article_id = wanted.id
order by placed.article_id;

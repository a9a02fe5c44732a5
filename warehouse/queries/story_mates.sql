-- All members of the stories that the articles in `wanted` are in.
select mates.article_id as id
from base.story_articles as mates
where mates.story_id in (select placed.story_id from base.story_articles as placed join wanted on placed.article_id = wanted.id)
order by id;

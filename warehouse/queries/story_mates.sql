-- All members of the stories that the articles in `wanted` are in, or founded.
with met as (
    select placed.story_id
    from base.story_articles as placed
    join wanted on placed.article_id = wanted.id
    union
    select stories.story_id
    from base.stories as stories
    join wanted on stories.founded_by = wanted.id
)
select mates.article_id as id
from base.story_articles as mates
where mates.story_id in (select met.story_id from met)
order by id;

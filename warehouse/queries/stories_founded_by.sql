-- The stories that the articles in `wanted` founded.
select stories.*
from base.stories as stories
join wanted on stories.founded_by = wanted.id
order by stories.story_id;

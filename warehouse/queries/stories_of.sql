-- The stories in `wanted`.
select stories.*
from base.stories as stories
join wanted on stories.story_id = wanted.id
order by stories.story_id;

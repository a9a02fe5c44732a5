-- One story.
select stories.*
from main.stories as stories
where stories.story_id = $story;

-- A story that is held and that no article is in.
select stories.story_id from base.stories as stories where stories.story_id = $wanted;

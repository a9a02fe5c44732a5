-- Stories that no article is in, that no other story took over, and that no article left.
select story_id
from base.stories
anti join base.story_articles using (story_id)
anti join base.story_moves using (story_id)
where merged_into = '';

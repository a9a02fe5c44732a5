-- Why one article is in its story.
select placed.story_id, stories.headline, placed.why, placed.score, placed.against
from base.story_articles as placed
join main.stories as stories using (story_id)
where placed.article_id = $article;

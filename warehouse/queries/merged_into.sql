-- The stories that went into one story.
select gone.story_id, stories.founded_by, articles.outlet, articles.title
from main.merged_stories as gone
join base.stories as stories on stories.story_id = gone.story_id
left join base.articles as articles on articles.article_id = stories.founded_by and articles.is_current
where gone.goes_on_in = $story
order by gone.story_id;

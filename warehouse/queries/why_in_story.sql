-- Why one article is in its story, and beside which article.
select
    placed.story_id,
    stories.headline,
    placed.why,
    placed.score,
    placed.against,
    beside.outlet as against_outlet,
    beside.title as against_title
from base.story_articles as placed
join main.stories as stories using (story_id)
left join base.articles as beside on beside.article_id = placed.against and beside.is_current
where placed.article_id = $article;

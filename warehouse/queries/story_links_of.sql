-- What one story follows up, and what follows it up.
select 'earlier' as direction, links.earlier_id as story_id, stories.headline, stories.event_date, links.why, links.score, links.article_id, links.against
from base.story_links as links
join main.stories as stories on stories.story_id = links.earlier_id
where links.story_id = $story
union all
select 'later' as direction, links.story_id, stories.headline, stories.event_date, links.why, links.score, links.article_id, links.against
from base.story_links as links
join main.stories as stories on stories.story_id = links.story_id
where links.earlier_id = $story
order by direction, event_date nulls last, story_id;

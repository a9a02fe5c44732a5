-- What does the news of the metro loan follow up, and what follows it up?
select chains.direction, chains.depth, chains.event_date, chains.headline, chains.why
from story_chains as chains
join stories on stories.story_id = chains.of_story
where stories.headline ilike '%loan%metro%'
order by chains.direction, chains.depth, chains.headline;

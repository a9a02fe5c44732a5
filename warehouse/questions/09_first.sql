-- Who was first with the most told story, and how long after came the others?
select nth, outlet, side, language, published, published_lag, first_seen, lag
from first_seen
where story_id = (select max_by(story_id, (outlets, story_id)) from stories) and duplicate_kind is null
order by published, outlet
limit 8;

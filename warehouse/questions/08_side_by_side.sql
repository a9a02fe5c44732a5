-- How do English, Vietnamese and Japanese headlines put the same story?
select en, vi, ja
from headlines_side_by_side
where en is not null and vi is not null and ja is not null
order by event_date, story_id;

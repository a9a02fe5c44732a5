create or replace macro main.timeline(topic) as table
    select stories.* from main.timeline as stories where stories.topic = topic order by stories.day, stories.story_id;
comment on macro table main.timeline is 'Every story with a topic (its code), by day.';

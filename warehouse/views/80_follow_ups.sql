create or replace view main.follow_ups as
select
    links.story_id,
    later.headline,
    links.earlier_id,
    earlier.headline as earlier_headline,
    earlier.event_date as earlier_date,
    links.why,
    links.score,
    links.article_id,
    links.against
from base.story_links as links
join main.stories as later on later.story_id = links.story_id
join main.stories as earlier on earlier.story_id = links.earlier_id;
comment on view main.follow_ups is 'Which story follows up which, and why; article_id and against are the two articles most alike, and shared says in what.';

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
comment on column main.follow_ups.article_id is 'of the later story, the article most like one of the earlier';
comment on column main.follow_ups.against is 'that one of the earlier story';
comment on column main.follow_ups.earlier_id is 'the earlier story';
comment on column main.follow_ups.earlier_headline is 'of the earlier story';
comment on column main.follow_ups.earlier_date is 'event_date of the earlier story';
comment on column main.follow_ups.score is 'of the link, 0 to 1';

create or replace view main.story_chains as
with recursive chained as (
    select links.story_id as of_story, 'earlier' as direction, 1 as depth, links.earlier_id as story_id, links.story_id as via, links.why
    from base.story_links as links
    union all
    select links.earlier_id, 'later', 1, links.story_id, links.earlier_id, links.why
    from base.story_links as links
    union
    select
        chained.of_story,
        chained.direction,
        chained.depth + 1,
        links.other_id,
        chained.story_id,
        links.why
    from chained
    join (
        select 'earlier' as direction, back.story_id, back.earlier_id as other_id, back.why from base.story_links as back
        union all
        select 'later', ahead.earlier_id, ahead.story_id, ahead.why from base.story_links as ahead
    ) as links
        on links.direction = chained.direction and links.story_id = chained.story_id
    where chained.depth < 20
),
nearest as (
    select
        chained.of_story,
        chained.direction,
        chained.story_id,
        min(chained.depth) as depth,
        arg_min({'via': chained.via, 'why': chained.why}, (chained.depth, chained.via)) as link
    from chained
    group by chained.of_story, chained.direction, chained.story_id
)
select
    nearest.of_story,
    nearest.direction,
    nearest.depth,
    stories.event_date,
    stories.headline,
    nearest.link.why as why,
    nearest.link.via as via,
    stories.articles,
    stories.texts,
    stories.in_baseline,
    nearest.story_id
from nearest
join main.stories as stories on stories.story_id = nearest.story_id;
comment on view main.story_chains is 'What each story follows up, and what follows it up, over any number of steps (twenty at most), with the reason of the last step.';
comment on column main.story_chains.of_story is 'the story asked for';
comment on column main.story_chains.direction is 'earlier: it follows that one up; later: that one follows it up';
comment on column main.story_chains.depth is 'steps between both';
comment on column main.story_chains.via is 'the story that the last step starts from';
comment on column main.story_chains.story_id is 'the earlier or later story';
comment on column main.story_chains.articles is 'articles in the earlier or later story, copies included';
comment on column main.story_chains.texts is 'separate texts of the earlier or later story';

create or replace view main.timeline as
select
    topics.topic,
    coalesce(stories.event_date, cast(coalesce(stories.first_published, stories.first_seen) at time zone $zone as date)) as day,
    stories.headline,
    stories.event_type,
    stories.event_date,
    places.label as place,
    stories.articles,
    topics.on_topic,
    stories.texts,
    stories.outlets,
    stories.languages,
    stories.sides,
    stories.first_seen,
    stories.week,
    stories.in_baseline,
    stories.story_id
from (
    select placed.story_id, said.value as topic, count(*) as on_topic
    from base.story_articles as placed
    join base.articles as articles on articles.article_id = placed.article_id and articles.is_current
    join base.topics as said on said.article_id = articles.article_id and said.revision = articles.revision
    group by placed.story_id, said.value
) as topics
join main.stories as stories on stories.story_id = topics.story_id
left join lexicon.places as places on places.id = stories.event_place;
comment on view main.timeline is 'Every story under each of its topics, by day: that of the event, else of the first publication. The baseline''s stories stand in it too.';
comment on column main.timeline.day is 'local day of the event, else of the first publication, else on which it was first seen';
comment on column main.timeline.on_topic is 'of the articles, those with the topic';

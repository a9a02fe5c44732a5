create or replace view main.first_seen as
select
    placed.story_id,
    stories.headline,
    rank() over (partition by placed.story_id order by articles.first_seen) as nth,
    articles.first_seen - min(articles.first_seen) over (partition by placed.story_id) as lag,
    articles.outlet,
    articles.side,
    coalesce(if(articles.source_kind = 'search', null, outlets.ownership), '') as ownership,
    articles.language,
    articles.title,
    articles.first_seen,
    articles.published,
    articles.published_quality,
    articles.published - min(articles.published) over (partition by placed.story_id) as published_lag,
    articles.text_kind,
    copies.kind as duplicate_kind,
    articles.url,
    articles.article_id
from base.story_articles as placed
join base.articles as articles on articles.article_id = placed.article_id and articles.is_current
join main.stories as stories on stories.story_id = placed.story_id
left join base.duplicates as copies on copies.article_id = articles.article_id
left join base.sources as sources on sources.source_id = articles.source_id
left join base.outlets as outlets on outlets.outlet_id = sources.outlet_id
where articles.source_kind <> 'translation' and articles.source_id <> 'baseline';
comment on view main.first_seen is 'Who was first with each story: its articles in the order in which they were seen here, with how much later each came. The baseline, which was never seen, and machine translations are left out. What was found in one check has one nth; published_lag compares what the outlets say.';
comment on column main.first_seen.nth is '1 for what was seen first; what was seen in one check shares it';
comment on column main.first_seen.lag is 'how long after the first of the story it was seen';
comment on column main.first_seen.published_lag is 'how long after the earliest date given it says that it was published; null without a date';

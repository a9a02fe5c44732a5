create or replace view main.stories as
select
    stories.story_id,
    arg_min(
        articles.title,
        (articles.source_kind = 'translation', articles.title = '', copies.article_id is not null, articles.first_seen, articles.article_id)
    ) as headline,
    stories.event_type,
    stories.event_date,
    count(*) as articles,
    count(
        distinct if(
            copies.article_id is null and articles.source_kind <> 'translation',
            coalesce(nullif(verdicts.wire, ''), articles.family),
            null
        )
    ) as texts,
    count(
        distinct if(twins.article_id is null and articles.source_kind <> 'translation', articles.outlet, null)
    ) as outlets,
    list(distinct articles.language order by articles.language) as languages,
    list(distinct articles.side order by articles.side) as sides,
    stories.first_seen,
    stories.last_seen,
    strftime(stories.first_seen at time zone $zone, '%G-W%V') as week,
    arg_min(verdicts.event_place, (articles.first_seen, articles.article_id)) filter (where verdicts.event_place <> '') as event_place,
    min(articles.published) as first_published,
    bool_or(articles.source_id = 'baseline') as in_baseline
from base.stories as stories
join base.story_articles as placed using (story_id)
join base.articles as articles using (article_id)
left join base.verdicts as verdicts
    on verdicts.article_id = articles.article_id and verdicts.revision = articles.revision
left join base.duplicates as copies on copies.article_id = articles.article_id
left join (select distinct article_id from base.shared where link = 'copy' and kind = 'address') as twins
    on twins.article_id = articles.article_id -- by machine, under the address of what it translates
where articles.is_current and stories.merged_into = ''
group by stories.story_id, stories.event_type, stories.event_date, stories.first_seen, stories.last_seen;
comment on view main.stories is 'Every story: one real-world event as told by any number of articles. outlets and texts leave machine translations out; texts counts non-copies, once per wire origin, else once per publisher family.';
comment on column main.stories.articles is 'articles in it, copies and machine translations included';
comment on column main.stories.headline is 'of its first original that a person wrote, else of its first article';
comment on column main.stories.first_seen is 'of its first article';
comment on column main.stories.event_type is 'of most of its articles';
comment on column main.stories.event_date is 'local day of the event, of most of its articles';
comment on column main.stories.event_place is 'entity_id of the place that its first article with one names';
comment on column main.stories.week is 'ISO week in which it was first seen';
comment on column main.stories.in_baseline is 'whether one of the five articles of the baseline tells it';

create or replace view main.story_strands as
with days as (
    select
        placed.story_id,
        placed.strand,
        placed.article_id,
        coalesce(
            judgements.event_date,
            cast(articles.published at time zone $zone as date),
            cast(articles.first_seen at time zone $zone as date)
        ) as day
    from base.story_articles as placed
    join base.articles as articles using (article_id)
    left join base.judgements as judgements
        on judgements.article_id = articles.article_id and judgements.revision = articles.revision
    where articles.is_current
)
select
    days.story_id,
    days.strand,
    min(days.day) as first_day,
    max(days.day) as last_day,
    count(*) as articles,
    list(days.article_id order by days.day, days.article_id) as article_ids
from days
group by days.story_id, days.strand;
comment on view main.story_strands is 'The strands of each story (talks, signing, business, royal house, ...), with their days and their articles in order of days.';
comment on column main.story_strands.strand is 'part of the story; empty where unknown';
comment on column main.story_strands.articles is 'articles of the strand, copies included';

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
        distinct if(
            coalesce(copies.kind, '') <> 'translation' and articles.source_kind <> 'translation', articles.outlet, null
        )
    ) as outlets,
    list(distinct articles.language order by articles.language) as languages,
    list(distinct articles.side order by articles.side) as sides,
    stories.first_seen,
    stories.last_seen
from base.stories as stories
join base.story_articles as placed using (story_id)
join base.articles as articles using (article_id)
left join base.verdicts as verdicts
    on verdicts.article_id = articles.article_id and verdicts.revision = articles.revision
left join base.duplicates as copies on copies.article_id = articles.article_id
where articles.is_current and stories.merged_into = ''
group by stories.story_id, stories.event_type, stories.event_date, stories.first_seen, stories.last_seen;
comment on view main.stories is 'Every story: one real-world event as told by any number of articles. outlets and texts leave machine translations out; texts counts non-copies, once per wire origin, else once per publisher family.';

create or replace view main.story_strands as
select
    placed.story_id,
    placed.strand,
    min(coalesce(judgements.event_date, articles.published::date, articles.first_seen::date)) as first_day,
    max(coalesce(judgements.event_date, articles.published::date, articles.first_seen::date)) as last_day,
    count(*) as articles,
    list(placed.article_id order by coalesce(judgements.event_date, articles.published::date, articles.first_seen::date), placed.article_id)
        as article_ids
from base.story_articles as placed
join base.articles as articles using (article_id)
left join base.judgements as judgements
    on judgements.article_id = articles.article_id and judgements.revision = articles.revision
where articles.is_current
group by placed.story_id, placed.strand;
comment on view main.story_strands is 'The strands of each story (talks, signing, business, royal house, ...), with their days and their articles in order of days.';

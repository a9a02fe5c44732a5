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

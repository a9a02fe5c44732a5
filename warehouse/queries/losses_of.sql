-- Where what the run of $now took in went, if it came no further: by stage, reason and how many.
with seen as (
    select article_id, count(*) as items from base.items where first_seen = $now group by article_id
),
asked as (
    select article_id, bool_or(fetched_at = $now) as now, bool_or(fetched_at < $now) as before
    from base.pages
    group by article_id
),
downloaded as (
    select pages.page_id, pages.outcome, extractions.quality, extractions.reason, extractions.revision, extractions.article_id
    from base.pages as pages
    left join base.extractions as extractions using (page_id)
    where pages.fetched_at = $now
)
select 'source' as stage, replace(outcome, '_', ' ') as reason, count(*) as lost
from base.fetches
where fetched_at = $now and outcome <> 'ok'
group by all
union all
select 'item', 'of an article that another item tells', (sum(items) - count(*)) :: BIGINT from seen having sum(items) > count(*)
union all
select
    'item',
    if(coalesce(asked.before, false), 'of an article that is held', 'wait for a later run'),
    count(*)
from seen
left join asked using (article_id)
where not coalesce(asked.now, false)
group by all
union all
select 'page', replace(outcome, '_', ' '), count(*) from downloaded where outcome <> 'ok' group by all
union all
select 'text', case when downloaded.reason <> '' then downloaded.reason else 'nothing new in it' end, count(*)
from downloaded
left join base.articles as articles using (article_id, revision)
where downloaded.outcome = 'ok' and (downloaded.revision is null or articles.revised_at is distinct from $now)
group by all
order by stage, lost desc, reason;

-- How much is held, by what it is; the baseline is left out.
select 'items' as what, count(*) as held from base.items
union all
select 'articles', count(distinct article_id) from base.articles where is_current and source_id <> 'baseline'
union all
select 'relevant_articles', count(*)
from base.articles as articles
join base.verdicts as verdicts using (article_id, revision)
where articles.is_current and articles.source_id <> 'baseline' and verdicts.relevance in ('bilateral', 'related')
union all
select 'folded_articles', count(*) from base.duplicates
union all
select 'stories', count(distinct story_id) from base.story_articles where article_id not like 'baseline:%'
union all
select 'issues', count(*) from base.issues
union all
select 'deliveries_' || status, count(*) from base.deliveries group by status
union all
select 'sources', count(*) from base.sources where enabled and source_id <> 'baseline'
union all
select 'sources_failing', count(*)
from base.source_health as health
join base.sources as sources using (source_id)
where
    sources.enabled
    and (
        health.state in ('failing', 'blocked', 'gone', 'not_a_feed') or (health.state = 'never' and health.failing_since is not null)
    )
union all
select 'sources_frozen', count(*)
from base.source_health as health
join base.sources as sources using (source_id)
where sources.enabled and health.state = 'frozen'
order by what;

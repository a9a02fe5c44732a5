-- Relevant articles, first seen since $since, that other rules put into their story.
select articles.article_id as id
from base.story_articles as placed
join base.articles as articles using (article_id)
join base.verdicts as verdicts
    on verdicts.article_id = articles.article_id and verdicts.revision = articles.revision
where
    articles.is_current
    and articles.source_id <> 'baseline'
    and articles.first_seen >= $since
    and verdicts.relevance in ('bilateral', 'related')
    and placed.rule_version <> $rules
order by articles.first_seen, articles.article_id
limit $most;

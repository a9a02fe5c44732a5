-- Relevant articles, first seen since $since, that other rules put into their story.
select articles.article_id as id
from base.story_articles as placed
join base.articles as articles using (article_id)
join base.judgements as judgements
    on judgements.article_id = articles.article_id and judgements.revision = articles.revision
where
    articles.is_current
    and articles.source_id <> 'baseline'
    and articles.first_seen >= $since
    and judgements.relevance in ('bilateral', 'related')
    and placed.rule_version <> $rules
order by articles.first_seen, articles.article_id
limit $most;

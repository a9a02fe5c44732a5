-- Relevant articles first seen in a span, by week and topic.
select strftime(articles.first_seen at time zone $zone, '%G-W%V') as week, topics.value as name, count(*) as articles
from base.articles as articles
join base.verdicts as verdicts using (article_id, revision)
join base.topics as topics using (article_id, revision)
where
    articles.is_current and not articles.backlog and verdicts.relevance in ('bilateral', 'related')
    and articles.first_seen >= $since and articles.first_seen < $until
    and articles.source_id <> 'baseline'
group by all
order by all;

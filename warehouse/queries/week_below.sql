-- Articles first seen in the week that name both countries and were not held to be about them; nearest first, no copies.
select articles.article_id
from base.articles as articles
join base.verdicts as verdicts using (article_id, revision)
where
    articles.is_current and not articles.backlog and verdicts.relevance = 'mention'
    and articles.first_seen >= $starts_at and articles.first_seen < $ends_at
    and articles.source_kind <> 'translation' and articles.source_id <> 'baseline'
    and articles.article_id not in (select copies.article_id from base.duplicates as copies)
order by verdicts.relevance_score desc, articles.article_id
limit $most;

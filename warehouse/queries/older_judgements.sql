-- Current revisions, first seen since $since, that other rules judged.
select articles.*
from base.articles as articles
join base.judgements as judgements using (article_id, revision)
where
    articles.is_current
    and articles.revised_at <= $now
    and articles.source_id <> 'baseline'
    and articles.first_seen >= $since
    and judgements.rule_version <> $rules
order by articles.first_seen, articles.article_id
limit $most;

-- Current revisions whose copies these rules did not look for yet, although they made the fingerprint.
select articles.*
from base.articles as articles
join base.fingerprints as prints using (article_id, revision)
where
    articles.is_current
    and articles.source_id <> 'baseline'
    and prints.rule_version = $rules
    and prints.folded_by <> $folding
order by articles.first_seen, articles.article_id
limit $most;

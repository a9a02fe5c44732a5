-- Current revisions without a fingerprint of these rules.
select articles.*
from base.articles as articles
anti join (select article_id, revision from base.fingerprints where rule_version = $rules) as done using (article_id, revision)
where articles.is_current and articles.revised_at <= $now and articles.source_id <> 'baseline'
order by articles.article_id;

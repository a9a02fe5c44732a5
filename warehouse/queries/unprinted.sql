-- Current revisions without a fingerprint.
select articles.*
from base.articles as articles
anti join base.fingerprints using (article_id, revision)
where articles.is_current and articles.revised_at <= $now and articles.source_id <> 'baseline'
order by articles.article_id;

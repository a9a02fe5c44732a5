-- Current revisions whose fingerprint other rules made; all of them, since prints of two kinds cannot be compared.
select articles.*
from base.articles as articles
join base.fingerprints as prints using (article_id, revision)
where articles.is_current and articles.source_id <> 'baseline' and prints.rule_version <> $rules
order by articles.first_seen, articles.article_id
limit $most;

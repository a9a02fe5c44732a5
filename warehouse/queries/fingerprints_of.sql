-- Fingerprints of the articles in `wanted`, each with its sampled hashes in order.
select
    fingerprints.article_id,
    fingerprints.revision,
    fingerprints.body_hash,
    fingerprints.shingles,
    fingerprints.rule_version,
    fingerprints.twin,
    coalesce(list(shingles.hash order by shingles.hash) filter (where shingles.hash is not null), []) as sample
from base.fingerprints as fingerprints
join wanted on fingerprints.article_id = wanted.id
join base.articles as articles
    on articles.article_id = fingerprints.article_id and articles.revision = fingerprints.revision and articles.is_current
left join base.shingles as shingles
    on shingles.article_id = fingerprints.article_id and shingles.revision = fingerprints.revision
group by all
order by fingerprints.article_id;

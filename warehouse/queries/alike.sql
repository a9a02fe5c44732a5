-- Articles held that share sampled shingles with those in `probes`, or text or twin address with those in `whole`, or
-- that have $anchors anchors of one of `wanted`, within $days days of it; and all of the baseline, which is small and
-- must never be missed.
with sampled as materialized ( -- a filter on hashes that reaches Arrow's scan fails from 2 ** 63 on
    select article_id, hash from probes
),
span as (
    select min(articles.first_seen) as since, max(articles.first_seen) as until
    from base.articles as articles
    join wanted on articles.article_id = wanted.id
),
dated as materialized ( -- few: a key such as the prime minister is in a tenth of all articles
    select anchors.article_id, anchors.key, articles.first_seen
    from base.articles as articles
    join base.anchors as anchors using (article_id, revision)
    cross join span
    where
        articles.is_current
        and articles.first_seen between span.since - to_days(cast($days as integer)) and span.until + to_days(cast($days as integer))
),
sharing as (
    select shingles.article_id
    from base.shingles as shingles
    join sampled using (hash)
    group by sampled.article_id, shingles.article_id
    having count(*) >= $shared
    union
    select fingerprints.article_id
    from base.fingerprints as fingerprints
    join whole using (body_hash)
    union
    select fingerprints.article_id
    from base.fingerprints as fingerprints
    join whole using (twin)
    where whole.twin <> ''
    union
    select other.article_id
    from dated as one
    join wanted on one.article_id = wanted.id
    join dated as other using (key)
    where abs(date_diff('day', one.first_seen, other.first_seen)) <= $days
    group by one.article_id, other.article_id
    having count(*) >= $anchors
    union
    select article_id from base.articles where source_id = 'baseline'
),
rooted as (
    select article_id from sharing
    union
    select duplicates.duplicate_of from base.duplicates as duplicates join sharing using (article_id)
),
groups as (
    select article_id from rooted
    union
    select duplicates.article_id
    from base.duplicates as duplicates
    join rooted on duplicates.duplicate_of = rooted.article_id
)
select distinct article_id as id from groups order by id;

-- Articles held that share sampled shingles with those in `probes`, or text or twin address with those in `whole`, or
-- that name $anchors things which one of `telling` names, within $days days of it; and all of the baseline, which is
-- small and must never be missed.
with sharing as (
    select shingles.article_id
    from base.shingles as shingles
    join probes using (hash)
    group by probes.article_id, shingles.article_id
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
    select anchors.article_id
    from telling
    join base.anchors as anchors using (key)
    join base.articles as theirs
        on theirs.article_id = anchors.article_id and theirs.revision = anchors.revision and theirs.is_current
    join base.articles as ours on ours.article_id = telling.article_id and ours.is_current
    where abs(date_diff('day', ours.first_seen, theirs.first_seen)) <= $days
    group by telling.article_id, anchors.article_id
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

-- The articles of one story in the order of their days, with what makes each a voice or a copy.
select
    placed.article_id,
    articles.outlet,
    articles.side,
    articles.language,
    articles.source_kind,
    articles.family,
    articles.title,
    articles.url,
    coalesce(articles.published, articles.first_seen) as told_at,
    verdicts.relevance,
    verdicts.event_type,
    verdicts.wire,
    copies.kind as copy,
    copies.duplicate_of,
    copies.score as copy_score,
    copies.evidence as copy_evidence,
    if(
        copies.article_id is null and articles.source_kind <> 'translation',
        coalesce(nullif(verdicts.wire, ''), articles.family),
        null
    ) as origin,
    placed.score,
    placed.against,
    beside.outlet as against_outlet,
    placed.why,
    placed.strand
from base.story_articles as placed
join base.articles as articles on articles.article_id = placed.article_id and articles.is_current
join base.verdicts as verdicts on verdicts.article_id = articles.article_id and verdicts.revision = articles.revision
left join base.duplicates as copies on copies.article_id = placed.article_id
left join base.articles as beside on beside.article_id = placed.against and beside.is_current
where placed.story_id = $story
order by told_at, placed.article_id;

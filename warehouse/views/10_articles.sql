create or replace view main.articles as
select
    articles.article_id,
    articles.outlet,
    articles.family,
    articles.side,
    articles.source_kind,
    articles.language,
    articles.title,
    articles.text,
    articles.text_kind,
    articles.url,
    articles.published,
    articles.published_quality,
    articles.first_seen,
    articles.words,
    articles.backlog,
    articles.revision_no,
    judgements.relevance,
    judgements.relevance_score,
    judgements.event_type,
    judgements.event_date,
    judgements.event_place,
    judgements.wire,
    coalesce(topics.topics, []) as topics,
    placed.story_id,
    copies.duplicate_of,
    copies.kind as duplicate_kind,
    judgements.rule_version,
    coalesce(if(articles.source_kind = 'search', null, outlets.ownership), '') as ownership
from base.articles as articles
left join base.judgements as judgements using (article_id, revision)
left join (
    select tags.article_id, tags.revision, list(tags.value order by tags.position) as topics
    from base.tags as tags
    where tags.kind = 'topic'
    group by tags.article_id, tags.revision
) as topics using (article_id, revision)
left join base.story_articles as placed using (article_id)
left join base.duplicates as copies using (article_id)
left join base.sources as sources on articles.source_id = sources.source_id
left join base.outlets as outlets on sources.outlet_id = outlets.outlet_id
where articles.is_current;
comment on view main.articles is 'Every article as it stands now, with what is held of it.';

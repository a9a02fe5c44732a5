create or replace view main.articles as
select
    articles.article_id,
    articles.outlet,
    articles.family,
    articles.side,
    articles.source_kind,
    coalesce(nullif(labels.language, ''), articles.language) as language,
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
    verdicts.relevance,
    verdicts.relevance_score,
    verdicts.event_type,
    verdicts.event_date,
    verdicts.event_place,
    verdicts.wire,
    coalesce(topics.topics, []) as topics,
    placed.story_id,
    copies.duplicate_of,
    copies.kind as duplicate_kind,
    labels.override_id is not null as relabelled,
    verdicts.rule_version,
    coalesce(if(articles.source_kind = 'search', null, outlets.ownership), '') as ownership
from base.articles as articles
left join base.verdicts as verdicts using (article_id, revision)
left join base.labels as labels using (article_id)
left join (
    select said.article_id, said.revision, list(said.value order by said.position) as topics
    from base.topics as said
    group by said.article_id, said.revision
) as topics using (article_id, revision)
left join base.story_articles as placed using (article_id)
left join base.duplicates as copies using (article_id)
left join base.sources as sources on articles.source_id = sources.source_id
left join base.outlets as outlets on sources.outlet_id = outlets.outlet_id
where articles.is_current;
comment on view main.articles is 'Every article as it stands now, with what is held of it; relabelled: a user said so, see overrides.';

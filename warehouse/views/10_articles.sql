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
    coalesce(if(articles.source_kind = 'search', null, outlets.ownership), '') as ownership,
    strftime(articles.first_seen at time zone $zone, '%G-W%V') as week,
    cast(articles.published at time zone $zone as date) as published_on,
    articles.source_id
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
comment on column main.articles.text is 'body, one paragraph a line; empty where only facts are held (the baseline)';
comment on column main.articles.topics is 'codes, the strongest first';
comment on column main.articles.relabelled is 'whether a user gave its language, relevance or topics: see overrides';

create or replace view main.counted_articles as
select
    articles.article_id,
    strftime(articles.first_seen at time zone $zone, '%G-W%V') as week,
    coalesce(nullif(labels.language, ''), articles.language) as language,
    articles.side,
    articles.outlet,
    articles.source_id,
    articles.source_kind,
    coalesce(placed.story_id, articles.article_id) as story_id,
    if(
        copies.article_id is null and articles.source_kind <> 'translation',
        coalesce(placed.story_id, articles.article_id) || ' ' || coalesce(nullif(verdicts.wire, ''), articles.family),
        null
    ) as text_key,
    verdicts.wire,
    copies.duplicate_of,
    articles.revision
from base.articles as articles
join base.verdicts as verdicts
    on verdicts.article_id = articles.article_id and verdicts.revision = articles.revision
    and verdicts.relevance in ('bilateral', 'related')
left join base.labels as labels on labels.article_id = articles.article_id
left join base.story_articles as placed on placed.article_id = articles.article_id
left join base.duplicates as copies on copies.article_id = articles.article_id
where articles.is_current and not articles.backlog and articles.source_id <> 'baseline';
comment on view main.counted_articles is 'The articles that every count here counts: relevant (bilateral or related), no backlog, not the baseline. articles = count(*), separate texts = count(distinct text_key), stories = count(distinct story_id).';
comment on column main.counted_articles.text_key is 'what makes a text separate: story and wire origin, else story and publisher family; null for copies and machine translations';

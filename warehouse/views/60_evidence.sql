create or replace view main.evidence as
with every as (
    select tag, article_id, revision, field, start_char, end_char, text
    from base.evidence
    union all
    select 'date_ahead:' || day as tag, article_id, revision, field, start_char, end_char, text
    from base.dates_ahead
)
select
    every.article_id,
    every.tag,
    parts.score,
    every.field,
    every.start_char,
    every.end_char,
    every.text,
    articles.outlet,
    articles.title
from every
join base.articles as articles using (article_id, revision)
left join base.tags as parts
    on parts.article_id = every.article_id
    and parts.revision = every.revision
    and parts.kind = 'relevance_part'
    and every.tag = 'relevance:' || parts.value
where articles.is_current;
comment on view main.evidence is 'The characters that caused every tag: half-open code point offsets into title or text. score: what a part adds to the relevance score.';
comment on column main.evidence.tag is 'what it supports: topic:economy, person:to-lam, relevance:both-in-title, date_ahead:2025-05-01, ...';
comment on column main.evidence.score is 'what a part adds to the relevance score; null for other tags';
comment on column main.evidence.text is 'the characters';

create or replace view main.why_tagged as
select
    tags.article_id,
    split_part(tags.tag, ':', 1) as kind,
    tags.tag[length(split_part(tags.tag, ':', 1)) + 2:] as value,
    tags.score,
    tags.text,
    tags.field,
    tags.start_char,
    tags.end_char,
    labels.override_id is not null as relabelled,
    judgements.rule_version,
    tags.outlet,
    tags.title
from main.evidence as tags
join base.articles as articles on articles.article_id = tags.article_id and articles.is_current
left join base.judgements as judgements
    on judgements.article_id = articles.article_id and judgements.revision = articles.revision
left join base.labels as labels on labels.article_id = articles.article_id;
comment on view main.why_tagged is 'Why an article has each of its tags: the characters, where they stand, and by which rules. What a user said stands in overrides.';
comment on column main.why_tagged.kind is 'topic, relevance, person, organisation, place, role, amount, event_type, event_date, event_place, wire, date_ahead, ...';
comment on column main.why_tagged.value is 'code of the topic, name of the part, entity_id, unit or day';
comment on column main.why_tagged.score is 'what a part adds to the relevance score; null for other tags';
comment on column main.why_tagged.text is 'the characters';
comment on column main.why_tagged.relabelled is 'whether a user gave the article''s language, relevance or topics: see overrides';

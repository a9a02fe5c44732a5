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

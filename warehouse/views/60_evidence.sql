create or replace view main.evidence as
select
    evidence.article_id,
    evidence.tag,
    evidence.field,
    evidence.start_char,
    evidence.end_char,
    evidence.text,
    articles.outlet,
    articles.title
from base.evidence as evidence
join base.articles as articles using (article_id, revision)
where articles.is_current;
comment on view main.evidence is 'The characters that caused every tag: half-open code point offsets into title or text.';

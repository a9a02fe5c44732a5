create or replace view main.amounts as
select
    amounts.article_id,
    amounts.value,
    amounts.unit,
    amounts.text,
    amounts.field,
    amounts.start_char,
    amounts.end_char,
    articles.outlet,
    articles.title
from base.amounts as amounts
join base.articles as articles using (article_id, revision)
where articles.is_current;
comment on view main.amounts is 'Sums, shares and head counts as written and normalised, with their place.';
comment on column main.amounts.text is 'as written';
comment on column main.amounts.field is 'title or text; null where rules before tag-2 judged';

create or replace view main.figures as
select
    coalesce(
        cast(articles.published at time zone $zone as date), cast(articles.first_seen at time zone $zone as date)
    ) as as_of,
    amounts.value,
    amounts.unit,
    if(regexp_full_match(amounts.unit, '[A-Z]{3}'), amounts.unit, null) as currency,
    amounts.subject,
    amounts.text as written,
    substring(
        if(amounts.field = 'title', articles.title, articles.text), amounts.sentence_start + 1, amounts.sentence_end - amounts.sentence_start
    ) as sentence,
    articles.outlet,
    articles.side,
    articles.language,
    articles.url,
    articles.published,
    articles.published_quality,
    articles.first_seen,
    articles.text_kind,
    copies.kind as duplicate_kind,
    verdicts.rule_version,
    placed.story_id,
    amounts.article_id
from base.amounts as amounts
join base.articles as articles
    on articles.article_id = amounts.article_id and articles.revision = amounts.revision and articles.is_current
join base.verdicts as verdicts
    on verdicts.article_id = amounts.article_id and verdicts.revision = amounts.revision
    and verdicts.relevance in ('bilateral', 'related')
left join base.story_articles as placed on placed.article_id = amounts.article_id
left join base.duplicates as copies on copies.article_id = amounts.article_id;
comment on view main.figures is 'Every figure in a relevant article: normalised, as written, and in its sentence. No currency is converted into another.';
comment on column main.figures.as_of is 'local day of publication, else on which the article was first seen: a figure is as old as that';
comment on column main.figures.currency is 'ISO 4217 code where it is a sum of money, else null';
comment on column main.figures.sentence is 'verbatim; null where rules before tag-2 judged';

create or replace view main.dates_ahead as
select
    ahead.article_id,
    ahead.day,
    ahead.field,
    ahead.start_char,
    ahead.end_char,
    ahead.text,
    articles.outlet,
    articles.title,
    placed.story_id
from base.dates_ahead as ahead
join base.articles as articles using (article_id, revision)
left join base.story_articles as placed on placed.article_id = articles.article_id
where articles.is_current;
comment on view main.dates_ahead is 'What articles say will happen, and when, with the words.';
comment on column main.dates_ahead.day is 'local day that the words name';
comment on column main.dates_ahead.text is 'the characters that name the day';

create or replace view main.amounts as
select
    amounts.article_id,
    amounts.value,
    amounts.unit,
    amounts.text,
    evidence.field,
    evidence.start_char,
    evidence.end_char,
    articles.outlet,
    articles.title
from base.amounts as amounts
join base.articles as articles using (article_id, revision)
left join (select distinct * from base.evidence) as evidence
    on evidence.article_id = amounts.article_id
    and evidence.revision = amounts.revision
    and evidence.tag = 'amount:' || amounts.unit
    and evidence.text = amounts.text
where articles.is_current;
comment on view main.amounts is 'Sums, shares and head counts as written and normalised, with their place.';

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

create or replace view main.folded as
select
    copies.article_id,
    articles.title,
    articles.outlet,
    articles.language,
    copies.kind,
    copies.score,
    copies.evidence,
    copies.duplicate_of,
    roots.title as kept_title,
    roots.outlet as kept_outlet,
    roots.source_id = 'baseline' as kept_is_baseline
from base.duplicates as copies
join base.articles as articles on articles.article_id = copies.article_id and articles.is_current
join base.articles as roots on roots.article_id = copies.duplicate_of and roots.is_current;
comment on view main.folded is 'Copies: under what they are folded, and why.';

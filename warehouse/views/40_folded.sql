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
    roots.source_id = 'baseline' as kept_is_baseline,
    articles.side,
    articles.first_seen,
    articles.published,
    articles.url,
    copies.rule_version
from base.duplicates as copies
join base.articles as articles on articles.article_id = copies.article_id and articles.is_current
join base.articles as roots on roots.article_id = copies.duplicate_of and roots.is_current;
comment on view main.folded is 'Copies: under what they are folded, and why.';
comment on column main.folded.kind is 'exact, near or translation';
comment on column main.folded.score is 'containment or similarity, 0 to 1';
comment on column main.folded.evidence is 'why, in one line; the passages are in shared';
comment on column main.folded.kept_title is 'of the article under which it is folded';
comment on column main.folded.kept_outlet is 'of the article under which it is folded';
comment on column main.folded.kept_is_baseline is 'whether that is one of the five of the baseline';
comment on column main.folded.rule_version is 'of the duplicate rules';

create or replace view main.story_articles as
select
    placed.story_id,
    placed.article_id,
    articles.outlet,
    articles.language,
    articles.title,
    coalesce(articles.published, articles.first_seen) as told_at,
    placed.score,
    placed.against,
    placed.why
from base.story_articles as placed
join base.articles as articles on articles.article_id = placed.article_id and articles.is_current;
comment on view main.story_articles is 'Which article is in which story, which member it resembles most, and why; the words are in shared.';
comment on column main.story_articles.against is 'the member that it resembles most; empty for the founder';

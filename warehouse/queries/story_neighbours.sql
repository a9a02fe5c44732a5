-- Articles of stories that lie in time near those in `wanted`, and the baseline's: what a new article may join.
with span as (
    select
        min(coalesce(articles.published, articles.first_seen)) - to_days($days) as since,
        max(coalesce(articles.published, articles.first_seen)) + to_days($days) as until
    from base.articles as articles
    join wanted on articles.article_id = wanted.id
    where articles.is_current
)
select placed.article_id as id
from base.story_articles as placed
join base.articles as articles using (article_id)
cross join span
where
    articles.is_current
    and (articles.source_id = 'baseline' or coalesce(articles.published, articles.first_seen) between span.since and span.until)
order by id;

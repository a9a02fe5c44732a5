-- Articles of stories that lie in time near one of those in `wanted`, and the baseline's: what a new article may join.
-- Days, not one span from the first to the last: one late find must not bring all the years between.
with days as (
    select distinct unnest(generate_series(
        date_trunc('day', coalesce(articles.published, articles.first_seen)) - to_days($days),
        date_trunc('day', coalesce(articles.published, articles.first_seen)) + to_days($days),
        interval 1 day
    )) as day
    from base.articles as articles
    join wanted on articles.article_id = wanted.id
    where articles.is_current
)
select placed.article_id as id
from base.story_articles as placed
join base.articles as articles using (article_id)
where
    articles.is_current
    and (
        articles.source_id = 'baseline'
        or date_trunc('day', coalesce(articles.published, articles.first_seen)) in (select day from days)
    )
order by id;

-- Articles of other stories that lie near one article in time and name most of whom and what it names.
with own as (
    select
        articles.article_id,
        articles.revision,
        coalesce(articles.published, articles.first_seen) as told_at,
        coalesce(placed.story_id, '') as story_id
    from base.articles as articles
    left join base.story_articles as placed using (article_id)
    where articles.is_current and articles.article_id = $article
)
select others.article_id as id
from own
join base.entities as mine on mine.article_id = own.article_id and mine.revision = own.revision
join base.entities as theirs on theirs.entity_id = mine.entity_id and theirs.article_id <> mine.article_id
join base.articles as others
    on others.article_id = theirs.article_id and others.revision = theirs.revision and others.is_current
join base.story_articles as placed on placed.article_id = others.article_id and placed.story_id <> own.story_id
where abs(epoch(coalesce(others.published, others.first_seen)) - epoch(own.told_at)) <= $days * 86400
group by others.article_id
order by count(*) desc, others.article_id
limit $most;

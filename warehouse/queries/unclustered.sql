-- Articles to put into stories: relevant ones that are in none.
select verdicts.article_id as id
from base.verdicts as verdicts
join base.articles as articles using (article_id, revision)
left join base.story_articles as placed using (article_id)
where
    articles.is_current
    and articles.revised_at <= $now
    and verdicts.relevance in ('bilateral', 'related')
    and placed.article_id is null
order by id;

-- A story that loses its founder is known by the earliest of who stays; one that nobody stays in keeps the id alone.
update base.stories set founded_by = stayed.article_id
from (
    select placed.story_id, arg_min(articles.article_id, (articles.first_seen, articles.article_id)) as article_id
    from base.story_articles as placed
    join base.articles as articles using (article_id)
    where articles.is_current and articles.article_id <> $id
    group by placed.story_id
) as stayed
where stories.story_id = stayed.story_id and stories.founded_by = $id;

-- The stories that something new of the week belongs to.
select stories.*
from base.stories as stories
where
    stories.merged_into = ''
    and exists (
        select 1
        from base.story_articles as placed
        join base.articles as articles using (article_id)
        where
            placed.story_id = stories.story_id
            and not articles.backlog
            and (
                (articles.is_current and articles.first_seen >= $starts_at and articles.first_seen < $ends_at)
                or (articles.correction <> '' and articles.revised_at >= $starts_at and articles.revised_at < $ends_at)
            )
    )
order by stories.story_id;

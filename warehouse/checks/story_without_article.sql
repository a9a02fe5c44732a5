-- Stories that no article is in, that no other story took over, and whose founder is still held for news of the two.
select stories.story_id
from base.stories as stories
anti join base.story_articles using (story_id)
where
    stories.merged_into = ''
    and not exists (
        select 1
        from base.verdicts as verdicts
        join base.articles as articles using (article_id, revision)
        where
            articles.is_current and verdicts.article_id = stories.founded_by and verdicts.relevance in ('mention', 'none')
    );

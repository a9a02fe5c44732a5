-- Stories that no article is in, and that no other story took over.
select story_id from base.stories anti join base.story_articles using (story_id) where merged_into = '';

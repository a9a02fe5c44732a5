-- What a story without members follows up is nobody's matter, and nothing follows it.
delete from base.story_links
where
    story_id not in (select story_id from base.story_articles)
    or earlier_id not in (select story_id from base.story_articles);

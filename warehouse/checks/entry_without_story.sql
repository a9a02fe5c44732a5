-- Lines of frozen issues whose story is unknown.
select week, position, story_id from base.issue_entries anti join base.stories using (story_id);

delete from base.story_links where article_id = $id or against = $id;

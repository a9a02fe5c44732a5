-- What the articles of one story share with those that they were compared with, and those that follow it with them.
select shared.*
from main.shared as shared
where
    shared.article_id in (select placed.article_id from base.story_articles as placed where placed.story_id = $story)
    or (
        shared.link = 'follow_up'
        and shared.against in (select placed.article_id from base.story_articles as placed where placed.story_id = $story)
    )
order by shared.article_id, shared.link, shared.position;

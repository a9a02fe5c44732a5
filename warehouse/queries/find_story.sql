-- Stories by id (of one that went into them, too) or by an article, else by a part of the headline, else of a title.
with named as (
    select story_id from main.stories where story_id = $wanted
    union
    select goes_on_in from main.merged_stories where story_id = $wanted
    union
    select story_id from main.articles where article_id = $wanted or url = $wanted
),
headed as (
    select story_id from main.stories where contains(lower(headline), lower($wanted)) and not exists (from named)
),
titled as (
    select story_id
    from main.story_articles
    where contains(lower(title), lower($wanted)) and not exists (from named) and not exists (from headed)
),
meant as (
    from named
    union
    from headed
    union
    from titled
)
select stories.story_id, stories.headline, stories.articles, stories.first_seen
from main.stories as stories
join meant using (story_id)
order by stories.first_seen, stories.story_id
limit $most;

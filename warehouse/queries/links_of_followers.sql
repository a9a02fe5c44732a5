-- All links of the stories that follow one of those in `wanted`.
select links.*
from base.story_links as links
where links.story_id in (
    select followers.story_id
    from base.story_links as followers
    join wanted on followers.earlier_id = wanted.id
)
order by links.story_id, links.earlier_id;

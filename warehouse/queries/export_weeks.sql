-- The ISO week of each article and story: that of the local day of $zone on which it was first seen.
create or replace temp table weeks_of_rows as
select article_id as id, strftime(min(first_seen) at time zone $zone, '%G-W%V') as week
from base.articles
group by article_id
union all
select story_id, strftime(first_seen at time zone $zone, '%G-W%V')
from base.stories;

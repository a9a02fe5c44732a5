-- Articles that a week's stories and copies may be made of: those first seen in it or within $days days of it, and,
-- however old, whatever is in one story or one group of copies with an article of the week.
with of_week as (
    select article_id from base.articles
    where is_current and source_id <> 'baseline' and first_seen >= $starts_at and first_seen < $ends_at
),
met as (
    select placed.story_id from base.story_articles as placed join of_week using (article_id)
),
grouped as (
    select duplicates.duplicate_of from base.duplicates as duplicates join of_week using (article_id)
    union
    select article_id from of_week
),
reached as (
    select article_id from base.articles
    where
        first_seen >= $starts_at - to_days(cast($days as integer))
        and first_seen < $ends_at + to_days(cast($days as integer))
    union
    select placed.article_id from base.story_articles as placed where placed.story_id in (select story_id from met)
    union
    select duplicates.article_id from base.duplicates as duplicates
    where duplicates.duplicate_of in (select duplicate_of from grouped)
    union
    select duplicate_of from grouped
)
select articles.article_id as id
from base.articles as articles
where
    articles.is_current
    and articles.source_id <> 'baseline'
    and articles.article_id in (select article_id from reached)
order by id;

create or replace view main.one_sided as
with told as (
    select placed.story_id, min(articles.side) as side
    from base.story_articles as placed
    join base.articles as articles on articles.article_id = placed.article_id and articles.is_current
    where articles.source_kind <> 'translation' and articles.source_id <> 'baseline'
    group by placed.story_id
    having min(articles.side) = max(articles.side) and not bool_and(articles.backlog)
)
select
    stories.week,
    told.side,
    stories.languages,
    stories.headline,
    stories.articles,
    stories.texts,
    stories.outlets,
    case told.side
        when 'vietnam' then weeks.japan_working
        when 'japan' then weeks.vietnam_working
        else weeks.vietnam_working + weeks.japan_working
    end as others_working,
    weeks.sources_working,
    stories.event_date,
    stories.first_seen,
    stories.story_id
from told
join main.stories as stories on stories.story_id = told.story_id
left join main.weeks as weeks on weeks.week = stories.week;
comment on view main.one_sided is 'Stories that outlets of one side alone tell, backlog and baseline left out. The issue says so only of those with two outlets or more and three working sources on the other side.';
comment on column main.one_sided.side is 'the only side whose outlets tell it';
comment on column main.one_sided.languages is 'in which they tell it: a side is no language';
comment on column main.one_sided.others_working is 'sources of the other side (for third: of both) that worked in that week and could have told it';

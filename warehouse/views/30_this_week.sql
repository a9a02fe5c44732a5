create or replace view main.issue_lines as
select
    entries.week,
    entries.position,
    entries.section,
    entries.level,
    entries.status,
    entries.headline,
    entries.language,
    entries.outlet,
    entries.url,
    entries.articles,
    entries.texts,
    entries.story_id,
    coalesce(gone.goes_on_in, entries.story_id) as story_now,
    stories.headline as headline_now,
    stories.event_date as event_date_now,
    coalesce(stories.articles, 0) as articles_now,
    coalesce(stories.texts, 0) as texts_now,
    corrected.corrected_at,
    issues.frozen_at,
    weeks.sources_working
from base.issue_entries as entries
join base.issues as issues on issues.week = entries.week
left join main.merged_stories as gone on gone.story_id = entries.story_id
left join main.stories as stories on stories.story_id = coalesce(gone.goes_on_in, entries.story_id)
left join (
    select placed.story_id, max(articles.revised_at) as corrected_at
    from base.story_articles as placed
    join base.articles as articles on articles.article_id = placed.article_id
    where articles.correction <> ''
    group by placed.story_id
) as corrected
    on corrected.story_id = coalesce(gone.goes_on_in, entries.story_id) and corrected.corrected_at >= issues.frozen_at
left join main.weeks as weeks on weeks.week = entries.week;
comment on view main.issue_lines is 'The lines of every frozen issue as sent, and beside each what is known of its story now.';

create or replace view main.this_week as
select lines.*
from main.issue_lines as lines
semi join (select max(issues.week) as week from base.issues as issues) as newest on newest.week = lines.week
order by lines.position;
comment on view main.this_week is 'The lines of the newest frozen issue, as sent, and beside each what is known of its story now.';

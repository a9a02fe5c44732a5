create or replace view main.this_week as
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
    entries.story_id
from base.issue_entries as entries
where entries.week = (select max(issues.week) from base.issues as issues)
order by entries.position;
comment on view main.this_week is 'The lines of the newest frozen issue, as sent.';

create or replace view main.issue_log as
select
    week,
    number,
    decision,
    state,
    nullif(story_id, '') as story_id,
    nullif(headline, '') as headline,
    nullif(words, '') as words,
    nullif(note, '') as note,
    nullif(made_by, '') as made_by,
    made_at,
    due_at,
    nullif(when_due, '') as when_due,
    nullif(sha256, '') as sha256,
    nullif(printed_in, '') as printed_in
from base.issue_log
order by week, number;
comment on view main.issue_log is 'Everything that was decided on an issue (vnjp digest hold, approve, drop, pin, erratum), and what its deadline decided.';

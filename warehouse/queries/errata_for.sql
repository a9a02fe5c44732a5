-- The errata that the issue of a week prints: of earlier issues, and in no other one yet.
select * from base.issue_log
where decision = 'erratum' and week < $week and printed_in in ('', $week)
order by made_at, week, number;

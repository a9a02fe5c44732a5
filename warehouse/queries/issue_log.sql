-- Everything that was decided on the issues, of one week or ('') of all.
select * from base.issue_log where $week in ('', week) order by week, number;

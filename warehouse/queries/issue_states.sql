-- The frozen issues, or that of one week, with where they stand.
select * from main.issues where $week in ('', week) order by week;

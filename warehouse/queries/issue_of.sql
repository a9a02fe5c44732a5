-- A frozen issue.
select * from base.issues where week = $week;

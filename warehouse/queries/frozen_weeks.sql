-- The weeks that are frozen.
select week from base.issues order by week;

-- The last issue that was frozen before a week.
select content from base.issues where week < $week order by week desc limit 1;

-- The issue of a week as it was frozen, before anybody edited it.
select content from base.issue_versions where week = $week order by number limit 1;

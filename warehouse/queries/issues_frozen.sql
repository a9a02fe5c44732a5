-- The frozen issues.
select week, stories, articles from main.issues order by week;

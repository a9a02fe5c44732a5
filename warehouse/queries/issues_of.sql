select week, content, sha256 from base.issues where week in (select id from wanted) order by week;

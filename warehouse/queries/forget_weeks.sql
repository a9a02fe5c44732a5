select week from base.issues where contains(content, $id) order by week;

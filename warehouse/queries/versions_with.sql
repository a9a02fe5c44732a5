select week, number, content from base.issue_versions where contains(content, $id) order by week, number;

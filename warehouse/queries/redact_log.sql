update base.issue_log set headline = $mark where headline in (select id from wanted);

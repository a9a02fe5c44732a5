insert into base.issue_log by name select * from other.base.issue_log anti join base.issue_log using (week, number);

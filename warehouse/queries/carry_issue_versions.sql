insert into base.issue_versions by name select * from other.base.issue_versions anti join base.issue_versions using (week, number);

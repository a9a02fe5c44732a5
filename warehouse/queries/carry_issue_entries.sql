-- The lines of issues that this file does not hold yet.
insert into base.issue_entries by name select * from other.base.issue_entries anti join base.issue_entries using (week);

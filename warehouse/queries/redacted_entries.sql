insert into base.issue_entries by name
select * from other.base.issue_entries where week in (select week from base.issues);

delete from base.issue_entries where week in (select week from other.base.issues);

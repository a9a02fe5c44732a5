-- Everything that a user decided, oldest first.
select * from base.overrides order by made_at, override_id;

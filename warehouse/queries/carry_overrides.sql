insert into base.overrides by name select * from other.base.overrides anti join base.overrides using (override_id);

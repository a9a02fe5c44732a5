insert into base.issues by name select * from other.base.issues anti join base.issues using (week);

insert into base.renderings by name select * from other.base.renderings anti join base.renderings using (week, language);

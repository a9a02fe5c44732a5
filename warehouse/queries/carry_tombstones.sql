insert into base.tombstones by name select * from other.base.tombstones anti join base.tombstones using (name_hash);

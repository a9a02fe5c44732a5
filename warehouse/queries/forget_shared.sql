delete from base.shared where against = $id;

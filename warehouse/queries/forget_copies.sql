delete from base.duplicates where duplicate_of = $id or against = $id;

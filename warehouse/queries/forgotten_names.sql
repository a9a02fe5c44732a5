select distinct name_hash from base.tombstones join wanted on tombstones.name_hash = wanted.id;

update base.tombstones set cleared_at = $now where cleared_at is null;

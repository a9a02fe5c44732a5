update base.tombstones set cleared_at = null;

insert into base.source_events by name select * from other.base.source_events anti join base.source_events using (source_id, kind, day);

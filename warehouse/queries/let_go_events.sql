delete from base.source_events where day < $day;

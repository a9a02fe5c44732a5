-- Which events were sent about sources for a day.
select source_id, kind from base.source_events where day = $day;

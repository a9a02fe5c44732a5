-- What Prefect's database lets go: each statement up to its semicolon; :before and :events are instants as it writes them.
-- Nothing runs while this does, so whatever is older and not over has died, or was never begun.
create temp table gone as
select id from flow_run where coalesce(end_time, start_time, expected_start_time, created) < :before;

delete from log where flow_run_id in (select id from gone) or timestamp < :before;
delete from artifact where flow_run_id in (select id from gone) or (flow_run_id is null and created < :before);
delete from artifact_collection where latest_id not in (select id from artifact);
delete from flow_run where id in (select id from gone);
delete from task_run where flow_run_id is null and coalesce(end_time, start_time, created) < :before;
delete from event_resources where occurred < :events;
delete from events where occurred < :events;
drop table gone;

-- Runs before $before, but the newest of each flow and its newest that was completed.
delete from base.runs
where
    now < $before
    and run_id not in (select arg_max(run_id, (now, started_at)) from base.runs group by flow)
    and run_id not in (select arg_max(run_id, (now, started_at)) from base.runs where state = 'completed' group by flow);

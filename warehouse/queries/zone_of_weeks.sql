-- The zone in which weeks and local days are counted: of the newest run that says it, else of the newest issue.
select coalesce(
    (select arg_max(runs.zone, (runs.now, runs.started_at)) from base.runs as runs where runs.zone <> ''),
    (select arg_max(issues.zone, issues.week) from base.issues as issues),
    'Asia/Ho_Chi_Minh'
) as zone;

-- When the last run of each flow began that went well.
select flow, max(started_at) as started_at from base.runs where state = 'completed' group by flow order by flow;

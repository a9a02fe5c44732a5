-- Why sources failed at one check, the commonest reason first; host names taken out, so that one reason is one row.
select regexp_replace(error, '[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?', '...', 'g') as error, count(*) as sources
from base.source_state
where checked_at = $checked_at and error <> ''
group by all
order by sources desc, error
limit 5;

-- Which addresses' hosts still want to be left alone, and until when.
with pauses as (
    select final_url, fetched_at + to_seconds(retry_after) as paused_until
    from base.fetches
    where retry_after > 0
    union all
    select final_url, fetched_at + to_seconds(retry_after) as paused_until
    from base.pages
    where retry_after > 0
)
select final_url as url, max(paused_until) as paused_until
from pauses
where paused_until > $now
group by final_url
order by paused_until;

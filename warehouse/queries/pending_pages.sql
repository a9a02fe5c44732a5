-- Which articles to download now: each look is due at an instant (first seen; its entry changed; a day and a week after
-- the first good download) and is had by a good download since then, or given up after $tries bad ones.
-- What was not asked, because its host wants a pause, is no bad one.
with sightings as (
    select
        *,
        row_number() over (partition by source_id, article_id order by first_seen, item_id) > 1 as is_change
    from base.items
    where first_seen <= $now
),
entries as (
    select
        article_id,
        arg_max(url, (not hidden, first_seen, item_id)) as url,
        coalesce(
            max(first_seen) filter (where is_change and not hidden), min(first_seen) filter (where not hidden), min(first_seen)
        ) as changed_at,
        bool_and(backlog) as backlog
    from sightings
    group by article_id
),
had as (
    select
        article_id,
        min(fetched_at) as first_at,
        arg_max(sha256, fetched_at) as sha256,
        arg_max(warc_file, fetched_at) as warc_file,
        arg_max(warc_offset, fetched_at) as warc_offset
    from base.pages
    where outcome = 'ok'
    group by article_id
),
looks as (
    select
        entries.article_id,
        entries.url,
        had.sha256,
        had.warc_file,
        had.warc_offset,
        greatest(
            entries.changed_at,
            if(not backlog and $now >= first_at + interval 1 day, first_at + interval 1 day, null),
            if(not backlog and $now >= first_at + interval 7 day, first_at + interval 7 day, null)
        ) as due_at
    from entries
    left join had using (article_id)
),
tried as (
    select
        article_id,
        count(*) filter (where outcome <> 'ok' and not (status = 0 and retry_after > 0) and fetched_at >= due_at) as failed,
        bool_or(outcome = 'ok' and fetched_at >= due_at) as done,
        max(fetched_at) as last_at,
        max(fetched_at) filter (where fetched_at >= due_at) as last_try
    from looks
    join base.pages as pages using (article_id)
    group by article_id
)
select
    looks.article_id,
    looks.url,
    -- what the archive let go is kept anew, also where it comes as it was
    if(looks.warc_offset >= 0, looks.sha256, '') as sha256,
    coalesce(looks.warc_file, '') as warc_file,
    coalesce(looks.warc_offset, -1) as warc_offset
from looks
left join tried using (article_id)
where
    tried.last_at is null
    or (
        last_at < $now
        and not done
        and failed < $tries
        and (last_try is null or last_try <= $now - interval 50 minute)
    )
order by looks.article_id;

-- Which articles to download now: never had; failed lately and still worth a try; entry changed; a day old; a week old.
with entries as (
    select
        article_id,
        arg_max(url, (first_seen, item_id)) as url,
        max(first_seen) as changed_at,
        bool_and(backlog) as backlog
    from base.items
    where first_seen <= $now
    group by article_id
),
attempts as (
    select
        article_id,
        -- what was not asked, because its host wants a pause, is no failed try
        count(*) filter (where outcome <> 'ok' and not (status = 0 and retry_after > 0)) as failed,
        max(fetched_at) as last_at,
        min(fetched_at) filter (where outcome = 'ok') as first_ok,
        max(fetched_at) filter (where outcome = 'ok') as last_ok,
        arg_max(sha256, fetched_at) filter (where outcome = 'ok') as sha256,
        arg_max(warc_file, fetched_at) filter (where outcome = 'ok') as warc_file,
        arg_max(warc_offset, fetched_at) filter (where outcome = 'ok') as warc_offset
    from base.pages
    group by article_id
)
select
    entries.article_id,
    entries.url,
    coalesce(attempts.sha256, '') as sha256,
    coalesce(attempts.warc_file, '') as warc_file,
    coalesce(attempts.warc_offset, -1) as warc_offset
from entries
left join attempts using (article_id)
where
    attempts.last_at is null
    or (
        attempts.last_at < $now
        and (
            (first_ok is null and failed < $tries and last_at <= $now - interval 50 minute)
            or (first_ok is not null and changed_at > last_at)
            or (last_at < first_ok + interval 1 day and $now >= first_ok + interval 1 day and not backlog)
            or (last_at < first_ok + interval 7 day and $now >= first_ok + interval 7 day and not backlog)
        )
    )
order by entries.article_id;

-- The newest download of each article that these rules have not looked at, with the entry and source it came from.
with newest as (
    select *
    from base.pages
    where fetched_at <= $now
    qualify row_number() over (partition by article_id order by fetched_at desc, page_id) = 1
)
select
    newest.page_id,
    newest.article_id,
    newest.url as page_url,
    newest.final_url,
    newest.fetched_at,
    newest.outcome,
    newest.error as page_error,
    newest.content_type,
    newest.warc_file,
    newest.warc_offset
from newest
anti join (select page_id from base.extractions where rule_version = $rules) as done using (page_id)
order by newest.article_id
limit $most;

-- Pages that nobody has read: the newest good one of each article, else the newest attempt. made_by are the rules that
-- read an earlier one, if any.
with best as (
    select *
    from base.pages
    where fetched_at <= $now
    qualify row_number() over (partition by article_id order by outcome = 'ok' desc, fetched_at desc, page_id) = 1
)
select
    best.page_id,
    best.article_id,
    best.final_url,
    best.outcome,
    best.error as page_error,
    best.content_type,
    best.warc_file,
    best.warc_offset,
    coalesce(earlier.made_by, '') as made_by
from best
anti join base.extractions as done using (page_id)
left join (
    select extractions.article_id, arg_max(extractions.rule_version, pages.fetched_at) as made_by
    from base.extractions as extractions
    join base.pages as pages using (page_id)
    group by extractions.article_id
) as earlier using (article_id)
order by best.article_id
limit $most;

-- Articles first seen since $since of which these rules read no page: the page to read again is the best of those that
-- older rules read (by what they made of it, then the newest); $screened are the rules of a page that was only screened.
-- Those in `skipped` could not be read from the archive; where the archive let that page go, the article stays as it is.
with best as (
    select pages.*, extractions.rule_version as made_by
    from base.extractions as extractions
    join base.pages as pages using (page_id)
    where pages.fetched_at <= $now
    qualify row_number() over (
        partition by pages.article_id
        order by extractions.quality = 'full' desc, extractions.quality = 'short' desc, pages.outcome = 'ok' desc,
            pages.fetched_at desc, page_id
    ) = 1
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
    best.made_by
from best
join base.articles as articles using (article_id)
anti join (select page_id from base.extractions where rule_version in ($rules, $screened)) as done using (page_id)
anti join skipped on best.page_id = skipped.id
where articles.is_current and articles.first_seen >= $since and (best.outcome <> 'ok' or best.warc_offset >= 0)
order by articles.first_seen, best.article_id
limit $most;

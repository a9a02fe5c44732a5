-- What reading the pages in `wanted` came to, where they were read before by today's rules as the same bytes from the
-- same address, and no entry has told of the article since: it would come to the same.
select
    page.page_id,
    done.article_id,
    done.quality,
    done.reason,
    done.revision,
    done.rule_version
from base.pages as page
join wanted on page.page_id = wanted.id
join base.pages as earlier
    on page.article_id = earlier.article_id
    and page.sha256 = earlier.sha256
    and page.final_url = earlier.final_url
    and page.content_type = earlier.content_type
    and earlier.outcome = 'ok'
    and earlier.fetched_at < page.fetched_at
join base.extractions as done on earlier.page_id = done.page_id
where
    done.rule_version in ($rules, $screened)
    and not exists (
        select 1
        from base.items
        where items.article_id = page.article_id and items.first_seen > earlier.fetched_at
    )
qualify row_number() over (partition by page.page_id order by earlier.fetched_at desc) = 1
order by page.page_id;

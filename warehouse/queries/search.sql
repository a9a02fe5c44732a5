-- The articles that tell most of $asked, copies folded under the best of their group, with marks around what was found.
-- Texts are most of the warehouse: only those of what is shown are opened, found by row.
with found as (
    select
        ranked.score,
        articles.rowid as place,
        articles.article_id,
        articles.first_seen,
        coalesce(verdicts.language, articles.language) as told_in,
        verdicts.relevance,
        count(*) over copies_of - 1 as copies
    from base.ranked($asked, $pool) as ranked
    join base.articles as articles on articles.article_id = ranked.article_id and articles.is_current
    left join base.verdicts as verdicts on verdicts.article_id = articles.article_id and verdicts.revision = articles.revision
    left join base.duplicates as copies on copies.article_id = articles.article_id
    where
        ($since is null or coalesce(articles.published, articles.first_seen) >= cast($since as timestamptz))
        and ($relevance is null or list_contains(cast($relevance as varchar[]), verdicts.relevance))
        and ($languages is null or list_contains(cast($languages as varchar[]), coalesce(verdicts.language, articles.language)))
    window copies_of as (partition by coalesce(copies.duplicate_of, articles.article_id))
    qualify row_number() over (copies_of order by ranked.score desc, articles.first_seen desc, articles.article_id) = 1
    order by score desc, articles.first_seen desc, articles.article_id
    limit $most
)
select
    found.article_id,
    found.score,
    articles.outlet,
    articles.title,
    articles.text,
    articles.url,
    found.told_in as language,
    articles.published,
    found.first_seen,
    found.relevance,
    found.copies,
    placed.story_id,
    main.highlight(articles.title, $asked, $opening, $closing) as marked_title,
    main.excerpt(articles.text, $asked, $opening, $closing) as marked_excerpt
from found
join base.articles as articles on articles.rowid = found.place
left join base.story_articles as placed on placed.article_id = found.article_id
order by found.score desc, found.first_seen desc, found.article_id;

-- Which article's current page gave itself each canonical address in `wanted`, or was found there: the first to do so.
select canonical_url as name, article_id
from base.articles
join wanted on articles.canonical_url = wanted.id
where is_current and source_id <> 'baseline'
qualify row_number() over (partition by canonical_url order by first_seen, article_id) = 1;

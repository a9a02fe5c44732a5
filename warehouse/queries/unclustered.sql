-- Articles whose place in stories is not settled: relevant ones that are in none, or were put there in an earlier
-- revision, and ones in a story whose current revision is relevant no more.
select articles.article_id as id
from base.articles as articles
join base.verdicts as verdicts using (article_id, revision)
left join base.story_articles as placed using (article_id)
where
    articles.is_current
    and articles.revised_at <= $now
    and articles.source_id <> 'baseline'
    and if(
        verdicts.relevance in ('bilateral', 'related'),
        placed.revision is distinct from articles.revision,
        placed.article_id is not null
    )
order by id;

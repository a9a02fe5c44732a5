-- Articles first seen in the week that name both countries and were not held to be about them; nearest first, no copies.
with near as (
    select articles.article_id, articles.revision, verdicts.relevance, verdicts.relevance_score
    from base.articles as articles
    join base.verdicts as verdicts using (article_id, revision)
    where
        articles.is_current and not articles.backlog and verdicts.relevance = 'mention'
        and articles.first_seen >= $starts_at and articles.first_seen < $ends_at
        and articles.source_kind <> 'translation' and articles.source_id <> 'baseline'
        and articles.article_id not in (select copies.article_id from base.duplicates as copies)
    order by verdicts.relevance_score desc, articles.article_id
    limit $most
)
select
    near.article_id,
    near.relevance,
    near.relevance_score,
    list(struct_pack(name := parts.value, score := parts.score) order by parts.position)
        filter (where parts.value is not null) as parts
from near
left join base.tags as parts
    on parts.article_id = near.article_id and parts.revision = near.revision and parts.kind = 'relevance_part'
group by near.article_id, near.relevance, near.relevance_score
order by near.relevance_score desc, near.article_id;

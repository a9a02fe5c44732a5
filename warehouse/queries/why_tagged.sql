-- The words behind every tag of one article; parts of the relevance score with their weight.
select evidence.tag, parts.score, evidence.field, evidence.start_char, evidence.end_char, evidence.text
from main.evidence as evidence
left join base.articles as articles on articles.article_id = evidence.article_id and articles.is_current
left join base.tags as parts
    on parts.article_id = articles.article_id
    and parts.revision = articles.revision
    and parts.kind = 'relevance_part'
    and 'relevance:' || parts.value = evidence.tag
where evidence.article_id = $article
order by (evidence.tag like 'relevance:%') desc, evidence.tag, evidence.field desc, evidence.start_char;

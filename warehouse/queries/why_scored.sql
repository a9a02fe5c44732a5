-- The parts that the relevance score of one article is the sum of.
select parts.value as part, parts.score
from base.tags as parts
join base.articles as articles using (article_id, revision)
where articles.is_current and parts.kind = 'relevance_part' and parts.article_id = $article
order by parts.position;

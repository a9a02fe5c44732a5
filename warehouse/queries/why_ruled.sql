-- What the rules said of one article, before the user's labels.
select judgements.relevance, judgements.language, coalesce(list(tags.value order by tags.position) filter (where tags.kind = 'topic'), []) as topics
from base.judgements as judgements
join base.articles as articles using (article_id, revision)
left join base.tags as tags using (article_id, revision)
where articles.is_current and judgements.article_id = $article
group by all;

-- Members of the stories in `wanted` that were seen before the week was over.
select placed.*
from base.story_articles as placed
join base.articles as articles using (article_id)
join wanted on placed.story_id = wanted.id
where articles.is_current and articles.first_seen < $ends_at and articles.source_id <> 'baseline'
order by placed.story_id, articles.first_seen, placed.article_id;

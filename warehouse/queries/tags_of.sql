-- Parts of the relevance score of the current revisions of the articles in `wanted`, and the topics that hold of them.
select tags.article_id, tags.revision, tags.kind, tags.value, tags.score, tags.position
from base.tags as tags
join base.articles as articles using (article_id, revision)
join wanted on tags.article_id = wanted.id
where articles.is_current and tags.kind <> 'topic'
union all
select topics.article_id, topics.revision, 'topic' as kind, topics.value, topics.score, topics.position
from base.topics as topics
join base.articles as articles using (article_id, revision)
join wanted on topics.article_id = wanted.id
where articles.is_current
order by article_id, kind, position;

-- Anchors of the current revisions of the articles in `wanted`, in the order of their texts.
select anchors.*
from base.anchors as anchors
join base.articles as articles using (article_id, revision)
join wanted on anchors.article_id = wanted.id
where articles.is_current
order by article_id, position;

-- The people, organisations and places that one article names.
select entities.kind, entities.entity_id, entities.name, entities.side, entities.role, entities.mentions
from base.entities as entities
join base.articles as articles using (article_id, revision)
where articles.is_current and entities.article_id = $article
order by entities.kind, entities.position;

create or replace view main.people as
select
    entities.entity_id,
    any_value(entities.name) as name,
    any_value(entities.side) as side,
    mode(entities.role) filter (where entities.role <> '') as usual_role,
    count(distinct entities.article_id) as articles,
    count(distinct placed.story_id) as stories,
    min(articles.first_seen) as first_mention,
    max(articles.first_seen) as last_mention
from base.entities as entities
join base.articles as articles using (article_id, revision)
left join base.story_articles as placed using (article_id)
where articles.is_current and entities.kind = 'person'
group by entities.entity_id;
comment on view main.people is 'People named, with the role most often reported.';

create or replace view main.organisations as
select
    entities.entity_id,
    any_value(entities.name) as name,
    any_value(entities.side) as side,
    count(distinct entities.article_id) as articles,
    count(distinct placed.story_id) as stories
from base.entities as entities
join base.articles as articles using (article_id, revision)
left join base.story_articles as placed using (article_id)
where articles.is_current and entities.kind = 'organisation'
group by entities.entity_id;
comment on view main.organisations is 'Organisations named.';

create or replace view main.places as
select
    entities.entity_id,
    any_value(entities.name) as name,
    any_value(entities.side) as side,
    count(distinct entities.article_id) as articles,
    count(distinct placed.story_id) as stories
from base.entities as entities
join base.articles as articles using (article_id, revision)
left join base.story_articles as placed using (article_id)
where articles.is_current and entities.kind = 'place'
group by entities.entity_id;
comment on view main.places is 'Places named.';

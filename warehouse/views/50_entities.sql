create or replace view main.people as
select
    entities.entity_id,
    any_value(entities.name) as name,
    any_value(entities.side) as side,
    mode(entities.role) filter (where entities.role <> '') as usual_role,
    count(distinct entities.article_id) as articles,
    count(distinct placed.story_id) as stories,
    min(articles.first_seen) as first_mention,
    max(articles.first_seen) as last_mention,
    count(distinct if(
        copies.article_id is null and articles.source_kind <> 'translation',
        placed.story_id || ' ' || coalesce(nullif(verdicts.wire, ''), articles.family),
        null
    )) as texts
from base.entities as entities
join base.articles as articles using (article_id, revision)
left join base.verdicts as verdicts on verdicts.article_id = articles.article_id and verdicts.revision = articles.revision
left join base.story_articles as placed on placed.article_id = articles.article_id
left join base.duplicates as copies on copies.article_id = articles.article_id
where articles.is_current and entities.kind = 'person'
group by entities.entity_id;
comment on view main.people is 'People named, with the role most often reported. Articles of every relevance count here; stories and texts are those of relevant ones.';
comment on column main.people.usual_role is 'as most often reported, in the words of the articles';

create or replace view main.organisations as
select
    entities.entity_id,
    any_value(entities.name) as name,
    any_value(entities.side) as side,
    count(distinct entities.article_id) as articles,
    count(distinct placed.story_id) as stories,
    min(articles.first_seen) as first_mention,
    max(articles.first_seen) as last_mention,
    count(distinct if(
        copies.article_id is null and articles.source_kind <> 'translation',
        placed.story_id || ' ' || coalesce(nullif(verdicts.wire, ''), articles.family),
        null
    )) as texts
from base.entities as entities
join base.articles as articles using (article_id, revision)
left join base.verdicts as verdicts on verdicts.article_id = articles.article_id and verdicts.revision = articles.revision
left join base.story_articles as placed on placed.article_id = articles.article_id
left join base.duplicates as copies on copies.article_id = articles.article_id
where articles.is_current and entities.kind = 'organisation'
group by entities.entity_id;
comment on view main.organisations is 'Organisations named. Articles of every relevance count here; stories and texts are those of relevant ones.';

create or replace view main.places as
select
    entities.entity_id,
    any_value(entities.name) as name,
    any_value(entities.side) as side,
    count(distinct entities.article_id) as articles,
    count(distinct placed.story_id) as stories,
    min(articles.first_seen) as first_mention,
    max(articles.first_seen) as last_mention,
    count(distinct if(
        copies.article_id is null and articles.source_kind <> 'translation',
        placed.story_id || ' ' || coalesce(nullif(verdicts.wire, ''), articles.family),
        null
    )) as texts
from base.entities as entities
join base.articles as articles using (article_id, revision)
left join base.verdicts as verdicts on verdicts.article_id = articles.article_id and verdicts.revision = articles.revision
left join base.story_articles as placed on placed.article_id = articles.article_id
left join base.duplicates as copies on copies.article_id = articles.article_id
where articles.is_current and entities.kind = 'place'
group by entities.entity_id;
comment on view main.places is 'Places named. Articles of every relevance count here; stories and texts are those of relevant ones.';

-- What the stories in `wanted` follow up, and what that followed up, nearest first; one line each, with what a line from
-- tags is made of: per side the person, else the organisation, that stands out, and the place and topics of most texts.
with recursive chain as (
    select links.story_id as root, links.earlier_id, links.why, 1 as depth
    from base.story_links as links
    join wanted on links.story_id = wanted.id
    union all
    select chain.root, links.earlier_id, links.why, chain.depth + 1
    from chain
    join base.story_links as links on links.story_id = chain.earlier_id
    where chain.depth < 4
),
nearest as (
    select root, earlier_id, arg_min(why, depth) as why, min(depth) as depth
    from chain
    group by root, earlier_id
),
members as (
    select placed.story_id, articles.*
    from base.story_articles as placed
    join base.articles as articles using (article_id)
    where articles.is_current and placed.story_id in (select earlier_id from nearest)
),
spoken as (
    select
        story_id,
        language,
        min((source_kind = 'translation', published is null, published, article_id)) as rank,
        arg_min(
            {'headline': title, 'headline_language': language, 'outlet': outlet, 'url': url},
            (source_kind = 'translation', title = '', published is null, published, article_id)
        ) as line
    from members
    group by story_id, language
),
lines as (
    select story_id, arg_min(line, rank) as line, list(line order by rank) as lines
    from spoken
    group by story_id
),
named as (
    select
        members.story_id,
        entities.entity_id,
        entities.side,
        entities.kind <> 'person' as is_organisation,
        any_value(entities.name) as label,
        sum(2 + 3 * entities.in_title::integer + entities.in_lead::integer + least(entities.mentions, 4)) as weight
    from members
    join base.entities as entities using (article_id, revision)
    where entities.kind in ('person', 'organisation') and entities.side in ('vietnam', 'japan')
    group by all
),
firsts as (
    select
        story_id,
        side,
        min((is_organisation, -weight, entity_id)) as rank,
        arg_min({'entity_id': entity_id, 'label': label, 'side': side}, (is_organisation, -weight, entity_id)) as name
    from named
    group by story_id, side
),
actors as (
    select story_id, list(name order by rank) as actors
    from firsts
    group by story_id
),
spots as (
    select members.story_id, entities.entity_id, entities.side, any_value(entities.name) as label, count(*) as votes
    from members
    join base.verdicts as verdicts using (article_id, revision)
    join base.entities as entities
        on entities.article_id = members.article_id
        and entities.revision = members.revision
        and entities.entity_id = verdicts.event_place
    group by all
),
places as (
    select story_id, arg_min({'entity_id': entity_id, 'label': label, 'side': side}, (-votes, entity_id)) as place
    from spots
    group by story_id
),
ranked as (
    select
        members.story_id,
        topics.value as topic,
        row_number() over (partition by topics.article_id, topics.revision order by topics.position) as place
    from members
    join base.topics as topics using (article_id, revision)
),
weighed as (
    select story_id, topic, sum(1 / place) as weight
    from ranked
    group by all
),
subjects as (
    select story_id, list(topic order by weight desc, topic) as topics
    from weighed
    group by story_id
)
select
    nearest.root,
    stories.story_id,
    stories.event_date,
    stories.event_type,
    lines.line,
    lines.lines,
    nearest.why,
    exists (select 1 from members where members.story_id = nearest.earlier_id and members.source_id = 'baseline') as baseline,
    actors.actors,
    places.place,
    subjects.topics
from nearest
join base.stories as stories on stories.story_id = nearest.earlier_id
join lines on lines.story_id = nearest.earlier_id
left join actors on actors.story_id = nearest.earlier_id
left join places on places.story_id = nearest.earlier_id
left join subjects on subjects.story_id = nearest.earlier_id
order by nearest.root, nearest.depth, stories.event_date desc nulls last, stories.story_id;

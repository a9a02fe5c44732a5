create or replace view main.encounters as
select
    coalesce(
        met.day,
        verdicts.event_date,
        cast(articles.published at time zone $zone as date),
        cast(articles.first_seen at time zone $zone as date)
    ) as day,
    met.person_a,
    one.name as name_a,
    one.side as side_a,
    one.role as role_a,
    met.person_b,
    other.name as name_b,
    other.side as side_b,
    other.role as role_b,
    met.kind,
    substring(if(met.field = 'title', articles.title, articles.text), met.start_char + 1, met.end_char - met.start_char) as sentence,
    substring(if(met.field = 'title', articles.title, articles.text), met.word_start + 1, met.word_end - met.word_start) as word,
    met.named,
    met.field,
    met.start_char,
    met.end_char,
    verdicts.event_date,
    places.label as place,
    articles.language,
    articles.outlet,
    articles.side,
    articles.url,
    articles.published,
    articles.published_quality,
    articles.first_seen,
    articles.text_kind,
    copies.kind as duplicate_kind,
    verdicts.rule_version,
    placed.story_id,
    met.article_id,
    articles.family,
    articles.source_kind,
    verdicts.wire,
    met.day is not null as day_named
from base.encounters as met
join base.articles as articles
    on articles.article_id = met.article_id and articles.revision = met.revision and articles.is_current
join base.entities as one
    on one.article_id = met.article_id and one.revision = met.revision and one.entity_id = met.person_a
join base.entities as other
    on other.article_id = met.article_id and other.revision = met.revision and other.entity_id = met.person_b
left join base.verdicts as verdicts on verdicts.article_id = met.article_id and verdicts.revision = met.revision
left join base.story_articles as placed on placed.article_id = met.article_id
left join base.duplicates as copies on copies.article_id = met.article_id
left join lexicon.places as places on places.id = verdicts.event_place;
comment on view main.encounters is 'Every sentence that names two people of different sides and a word for meeting or calling. It may tell of a meeting to come, or of one long ago: read the sentence.';
comment on column main.encounters.day is 'day that the sentence names, where it is one, else of the event that the article tells, else of its publication, else on which it was first seen';
comment on column main.encounters.day_named is 'whether the sentence itself names the day';
comment on column main.encounters.field is 'title or text: in which the sentence stands';
comment on column main.encounters.start_char is 'of the sentence; code points, half-open';
comment on column main.encounters.end_char is 'of the sentence; code points, half-open';
comment on column main.encounters.side is 'of the outlet';

create or replace view main.who_met_whom as
with pairs as (
    select
        encounters.*,
        coalesce(encounters.story_id, encounters.article_id) as told_in,
        (encounters.side_a, encounters.person_a) <= (encounters.side_b, encounters.person_b) as in_order
    from main.encounters as encounters
),
said as (
    select
        if(pairs.in_order, pairs.person_a, pairs.person_b) as person_a,
        if(pairs.in_order, pairs.person_b, pairs.person_a) as person_b,
        pairs.told_in,
        any_value(pairs.story_id) as story_id,
        coalesce(quantile_disc(pairs.day, 0.5) filter (where pairs.day_named), quantile_disc(pairs.day, 0.5)) as day,
        any_value(if(pairs.in_order, pairs.name_a, pairs.name_b)) as name_a,
        any_value(if(pairs.in_order, pairs.name_b, pairs.name_a)) as name_b,
        any_value(if(pairs.in_order, pairs.side_a, pairs.side_b)) as side_a,
        any_value(if(pairs.in_order, pairs.side_b, pairs.side_a)) as side_b,
        arg_min(
            {
                'role_a': if(pairs.in_order, pairs.role_a, pairs.role_b),
                'role_b': if(pairs.in_order, pairs.role_b, pairs.role_a),
                'kind': pairs.kind,
                'place': pairs.place,
                'sentence': pairs.sentence,
                'language': pairs.language,
                'outlet': pairs.outlet,
                'url': pairs.url,
                'published': pairs.published,
                'published_quality': pairs.published_quality,
                'text_kind': pairs.text_kind,
                'rule_version': pairs.rule_version,
                'article_id': pairs.article_id
            },
            (
                pairs.named,
                pairs.source_kind = 'translation',
                pairs.duplicate_kind is not null,
                not pairs.day_named,
                pairs.field = 'title',
                pairs.first_seen,
                pairs.article_id,
                pairs.start_char
            )
        ) as best,
        min(pairs.named) as named,
        count(distinct pairs.article_id) as articles,
        count(distinct if(
            pairs.duplicate_kind is null and pairs.source_kind <> 'translation', coalesce(nullif(pairs.wire, ''), pairs.family), null
        )) as texts,
        count(distinct pairs.outlet) as outlets,
        min(pairs.first_seen) as first_seen
    from pairs
    group by 1, 2, 3
)
select
    said.day,
    said.person_a,
    said.name_a,
    said.side_a,
    said.best.role_a as role_a,
    said.person_b,
    said.name_b,
    said.side_b,
    said.best.role_b as role_b,
    said.best.kind as kind,
    said.best.place as place,
    said.best.sentence as sentence,
    said.named,
    said.best.language as language,
    said.best.outlet as outlet,
    said.best.url as url,
    said.articles,
    said.texts,
    said.outlets,
    said.first_seen,
    said.best.published as published,
    said.best.published_quality as published_quality,
    said.best.text_kind as text_kind,
    said.best.rule_version as rule_version,
    said.story_id,
    said.best.article_id as article_id
from said;
comment on view main.who_met_whom is 'Who met whom: each pair of people of different sides once a story, with one sentence that names both and a word for meeting or calling (that with the fewest other names; all stand in encounters). It may tell of a meeting to come or of one long ago. What names both without such a sentence is named_together.';
comment on column main.who_met_whom.day is 'the middle one of the days that its sentences name, else of all days in encounters';
comment on column main.who_met_whom.articles is 'articles of the story with such a sentence, copies included';
comment on column main.who_met_whom.texts is 'separate texts among them';
comment on column main.who_met_whom.outlets is 'outlets among them, copies included';
comment on column main.who_met_whom.first_seen is 'when the first of them was seen';

create or replace view main.named_together as
select
    coalesce(
        min(verdicts.event_date),
        cast(min(articles.published) at time zone $zone as date),
        cast(min(articles.first_seen) at time zone $zone as date)
    ) as day,
    one.entity_id as person_a,
    any_value(one.name) as name_a,
    any_value(one.side) as side_a,
    other.entity_id as person_b,
    any_value(other.name) as name_b,
    any_value(other.side) as side_b,
    count(distinct one.article_id) as articles,
    count(distinct if(
        copies.article_id is null and articles.source_kind <> 'translation', coalesce(nullif(verdicts.wire, ''), articles.family), null
    )) as texts,
    count(distinct articles.outlet) as outlets,
    bool_or(met.article_id is not null) as met,
    min(articles.first_seen) as first_seen,
    placed.story_id
from base.entities as one
join base.entities as other
    on other.article_id = one.article_id and other.revision = one.revision
    and other.kind = 'person' and other.entity_id > one.entity_id
join base.articles as articles
    on articles.article_id = one.article_id and articles.revision = one.revision and articles.is_current
join base.story_articles as placed on placed.article_id = one.article_id
left join base.verdicts as verdicts on verdicts.article_id = one.article_id and verdicts.revision = one.revision
left join base.duplicates as copies on copies.article_id = one.article_id
left join (
    select distinct
        found.article_id, found.revision, least(found.person_a, found.person_b) as person_a, greatest(found.person_a, found.person_b) as person_b
    from base.encounters as found
) as met
    on met.article_id = one.article_id and met.revision = one.revision
    and met.person_a = one.entity_id and met.person_b = other.entity_id
where one.kind = 'person'
group by placed.story_id, one.entity_id, other.entity_id;
comment on view main.named_together is 'Two people named in one article of a story, whatever it says of them: weaker than who_met_whom.';
comment on column main.named_together.day is 'first local day of an event in those articles, else of publication';
comment on column main.named_together.articles is 'articles of the story that name both, copies included';
comment on column main.named_together.texts is 'separate texts among them';
comment on column main.named_together.outlets is 'outlets among them, copies included';
comment on column main.named_together.met is 'whether one of them has a sentence that stands in encounters';
comment on column main.named_together.first_seen is 'when the first of them was seen';

-- One portion of a synthetic warehouse: the articles of `bodies` (n, source_no, title, body) with everything that hangs on them.
-- A quarter of the articles is relevant; forty of them make fifteen stories of one to twelve articles.
create or replace temp macro dice(n, salt, faces) as (hash(n * 1000 + salt) % faces)::integer;
create or replace temp macro moment(n) as
    timestamptz '2020-01-06 00:00:00+00' + to_seconds((getvariable('weeks') * 604800.0 * n / getvariable('size'))::bigint);
create or replace temp macro short_hash(words) as md5(words)[:16];

create or replace temp table mould as
select row_number() over () - 1 as slot, story, place, size
from (
    select story, size, unnest(range(size)) as place
    from (select unnest([1, 1, 2, 1, 3, 2, 1, 5, 12, 1, 1, 2, 4, 1, 3]) as size, unnest(range(15)) as story)
    order by story, place
);

create or replace temp table made as
with numbered as (
    select
        n,
        short_hash('article ' || n) as article_id,
        short_hash('revision ' || n) as revision,
        moment(n) as first_seen,
        n % 4 = 0 as relevant,
        'p' || lpad((dice(n // 160, 1, 30))::varchar, 2, '0') as person_a,
        'p' || lpad((30 + dice(n // 16, 2, 30))::varchar, 2, '0') as person_b,
        'o' || lpad(dice(n // 16, 3, 80)::varchar, 2, '0') as organisation,
        'l' || lpad(dice(n // 16, 4, 63)::varchar, 2, '0') as place,
        (1 + dice(n // 16, 5, 900)) * 1e8 as yen,
        ['visit', 'meeting', 'loan', 'investment', 'trade', 'other'][1 + dice(n // 16, 6, 6)] as event_type,
        ['politics', 'security', 'economy', 'aid', 'labour', 'education', 'technology', 'green', 'agriculture', 'culture',
         'tourism', 'community', 'crime', 'localities', 'health', 'history'] as codes,
        short_hash('story ' || (n // 160) || ' ' || story) as story_id,
        mould.place as rank,
        mould.size,
        title as words,
        body,
        source_no
    from bodies
    join mould on mould.slot = (n // 4) % 40
)
select
    numbered.*,
    sources.outlet,
    sources.family,
    sources.side,
    sources.kind,
    sources.language,
    sources.source_id,
    person_a || ' meets ' || person_b || ' as ' || words as title,
    person_a || ' met ' || person_b || ' in ' || place || ' with ' || organisation || ' over ' || (yen / 1e9)::varchar
        || ' billion yen on day ' || n || '.' as lead,
    relevant and rank > 0 and dice(n, 8, 5) = 0 as copied,
    'http://' || sources.source_id || '.example/' || n as url,
    codes[1 + dice(n // 16, 9, 16)] as topic,
    codes[1 + dice(n // 16 + 7, 10, 16)] as other_topic
from numbered
join base.sources as sources on sources.source_id = 'source-' || lpad(source_no::varchar, 3, '0');

insert into base.articles by name
select
    article_id, revision, 1 as revision_no, true as is_current, source_id, outlet, family, side, kind as source_kind, url,
    replace(url, 'http:', 'https:') as canonical_url, language, title, lead || chr(10) || body as text,
    if(dice(n, 11, 20) = 0, 'summary', 'full') as text_kind,
    if(dice(n, 12, 25) = 0, null, first_seen - to_minutes(30 + dice(n, 13, 900))) as published,
    if(dice(n, 12, 25) = 0, 'none', 'explicit') as published_quality, first_seen, first_seen as revised_at,
    500 as words, dice(n, 14, 50) = 0 as backlog, '' as correction, 'sentence' as rights, '' as author
from made;

insert into base.items by name
select
    short_hash('item ' || n) as item_id, source_id, url as identity, short_hash('entry ' || n) as entry_hash, article_id,
    url, replace(url, 'http:', 'https:') as canonical_url, title, lead as summary, '' as content, first_seen as published,
    'explicit' as published_quality, '' as published_raw, language, first_seen, dice(n, 14, 50) = 0 as backlog,
    '' as publisher, source_id as origin, short_hash(title) as title_key, false as hidden, '' as article_key
from made;

insert into base.pages by name
select
    short_hash('page ' || n) as page_id, article_id, url, url as final_url, first_seen as fetched_at, 'ok' as outcome,
    200 as status, '' as error, 'text/html' as content_type, md5('page ' || n) as sha256, 40000 as bytes,
    strftime(first_seen, '%G-W%V') || '.warc.gz' as warc_file, -1 as warc_offset, 0 as retry_after
from made;

insert into base.extractions by name
select short_hash('page ' || n) as page_id, article_id, 'full' as quality, '' as reason, revision, 'bench' as rule_version
from made;

insert into base.fingerprints by name
select
    article_id, revision, short_hash('body ' || if(copied, n - 4 * rank, n)) as body_hash, 320 as shingles,
    'bench' as rule_version, '' as twin, 'bench' as folded_by
from made;

insert into base.shingles by name
select
    if(i = 0, dice(n, 25, 1048576)::ubigint, hash(n * 100 + i) // 16) * 16 as hash, article_id, revision -- one is of phrases
from made, unnest(range(18)) as numbers (i);

insert into base.judgements by name
select
    article_id, revision, language,
    case when relevant then if(rank % 2 = 0, 'bilateral', 'related') when dice(n, 15, 5) = 0 then 'mention' else 'none' end
        as relevance,
    if(relevant, 3.5, 0.5) as relevance_score, event_type, first_seen::date as event_date, place as event_place,
    if(kind = 'wire' or (copied and dice(n, 16, 2) = 0), ['vna', 'kyodo', 'jiji', 'reuters'][1 + dice(n, 17, 4)], '') as wire,
    'bench' as rule_version
from made;

insert into base.tags by name
select article_id, revision, 'topic' as kind, topic as value, 1.0 as score, 0 as position from made where relevant
union all
select article_id, revision, 'topic', other_topic, 0.5, 1 from made where relevant and topic <> other_topic
union all
select article_id, revision, 'relevance_part', part, 1.0, position
from made, (values ('both-in-title', 0), ('both-in-lead', 1), ('link-words', 2)) as parts (part, position)
where relevant or position = 0;

insert into base.entities by name
with named as (
    select *, 'person' as kind_of, person_a as id, 'vietnam' as whose, 'prime minister' as role, 0 as position from made
    union all
    select *, 'person', person_b, 'japan', 'foreign minister', 1 from made where relevant or n % 3 = 0
    union all
    select *, 'organisation', organisation, 'japan', '', 2 from made where relevant
    union all
    select *, 'place', place, 'vietnam', '', 3 from made where relevant or n % 3 = 0
)
select
    article_id, revision, id as entity_id, kind_of as kind, upper(id) as name, whose as side, role, 2 as mentions,
    kind_of = 'person' as in_title, true as in_lead, position
from named;

insert into base.evidence by name
with spots as (
    select *, 'person:' || person_a as tag, 0 as start_char, person_a as said from made
    union all
    select *, 'person:' || person_b, length(person_a) + 5, person_b from made where relevant or n % 3 = 0
    union all
    select *, 'place:' || place, length(person_a || person_b) + 9, place from made where relevant or n % 3 = 0
    union all
    select *, 'event_type:' || event_type, length(person_a) + 1, 'met' from made
    union all
    select *, 'organisation:' || organisation, length(person_a || person_b || place) + 15, organisation from made where relevant
    union all
    select *, 'topic:' || topic, length(person_a) + 1, 'met' from made where relevant
    union all
    select *, 'topic:' || other_topic, 0, person_a from made where relevant and topic <> other_topic
    union all
    select made.*, 'relevance:' || part, 0, person_a
    from made, unnest(['both-in-title', 'both-in-lead', 'link-words']) as parts (part)
    where relevant
    union all
    select *, 'amount:JPY', position('billion' in lead) - 2 - length((yen / 1e9)::varchar), (yen / 1e9)::varchar || ' billion yen'
    from made
    where relevant
)
select article_id, revision, tag, 'text' as field, start_char, start_char + length(said) as end_char, said as text from spots;

insert into base.amounts by name
select
    article_id, revision, 0 as position, yen as value, 'JPY' as unit, (yen / 1e9)::varchar || ' billion yen' as text,
    'loan' as subject, 'text' as field, position('billion' in lead) - 2 - length((yen / 1e9)::varchar) as start_char,
    position('billion' in lead) + 10 as end_char, 0 as sentence_start, length(lead) as sentence_end
from made
where relevant;

insert into base.dates_ahead by name
select article_id, revision, first_seen::date + 30 as day, 'text' as field, 0 as start_char, length(person_a) as end_char, person_a as text
from made
where n % 3 = 0;

-- Names and figures that a translation keeps: those of its matter, one that a third of all has, and some of its own.
insert into base.anchors by name
with said as (
    select
        made.*,
        unnest([
            'person:' || person_a, 'person:' || person_b, 'organisation:' || organisation, 'place:' || place,
            'figure:' || (yen / 1e9)::varchar, 'day:' || strftime(first_seen, '%m-%d'),
            if(dice(n, 19, 3) = 0, 'person:first', null), 'place:l' || dice(n, 20, 400), 'organisation:o' || dice(n, 21, 400),
            'figure:' || dice(n, 22, 3000), 'day:' || strftime(first_seen - to_days(dice(n, 23, 40)), '%m-%d'),
            'figure:' || dice(n, 24, 300)
        ]) as key,
        unnest(range(12)) as position
    from made
    where relevant
)
select
    article_id, revision, position, key, 80 * position as place, position as start_char, position + 1 as end_char
from said
where key is not null;

insert into base.encounters by name
select
    article_id, revision, person_a, person_b, 'meeting' as kind, 'text' as field, 0 as start_char, length(lead) as end_char,
    length(person_a) + 1 as word_start, length(person_a) + 4 as word_end, 2 as named
from made
where relevant;

insert into base.stories by name
select
    story_id, min_by(article_id, rank) as founded_by, min(first_seen) as first_seen, max(first_seen) as last_seen,
    min_by(event_type, rank) as event_type, min(first_seen)::date as event_date, '' as merged_into
from made
where relevant
group by story_id;

insert into base.story_articles by name
select
    story_id, article_id, 1.0 as score, if(rank = 0, '', short_hash('article ' || (n - 4))) as against,
    if(rank = 0, '', 'people ' || person_a) as why, revision, 'bench' as rule_version, '' as strand
from made
where relevant;

insert into base.shared by name
select
    'story' as link, article_id, revision, short_hash('article ' || (n - 4)) as against,
    short_hash('revision ' || (n - 4)) as against_revision, position, 'person' as kind, person_a as key, 'text' as field,
    0 as start_char, length(person_a) as end_char, person_a as text, 'text' as against_field, 0 as against_start,
    length(person_a) as against_end, person_a as against_text
from made, unnest(range(3)) as numbers (position)
where relevant and rank > 0;

insert into base.duplicates by name
select
    article_id, short_hash('article ' || (n - 4 * rank)) as duplicate_of, 'near' as kind, 0.9 as score,
    short_hash('article ' || (n - 4 * rank)) as against, '288 of 320 shingles shared' as evidence, 'bench' as rule_version
from made
where copied;

insert into base.story_links by name
select
    story_id, short_hash('story ' || (n // 160 - 1) || ' ' || (n // 4 % 15)) as earlier_id, 0.5 as score,
    'the same matter, later' as why, article_id, short_hash('article ' || (n - 160)) as against
from made
where relevant and rank = 0 and n >= 160 and dice(n, 18, 4) = 0;

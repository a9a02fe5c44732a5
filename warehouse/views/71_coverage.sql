create or replace view main.coverage_by_language as
select
    counted.week,
    counted.language,
    count(*) as articles,
    count(distinct counted.text_key) as texts,
    count(distinct counted.story_id) as stories,
    count(distinct counted.outlet) as outlets,
    count(*) / sum(count(*)) over (partition by counted.week) as share,
    any_value(weeks.sources_working) as sources_working
from main.counted_articles as counted
left join main.weeks as weeks on weeks.week = counted.week
group by counted.week, counted.language;
comment on view main.coverage_by_language is 'How much was told in each language in each week.';
comment on column main.coverage_by_language.share is 'of the articles of the week, 0 to 1';

create or replace view main.coverage_by_source as
with kept as (
    select
        strftime(articles.first_seen at time zone $zone, '%G-W%V') as week,
        articles.source_id,
        count(*) as articles
    from base.articles as articles
    where articles.is_current and not articles.backlog and articles.source_id <> 'baseline'
    group by 1, 2
),
told as (
    select
        counted.week,
        counted.source_id,
        count(*) as relevant,
        count(distinct counted.text_key) as texts,
        count(distinct counted.story_id) as stories
    from main.counted_articles as counted
    group by counted.week, counted.source_id
)
select
    asked.week,
    asked.source_id,
    asked.outlet,
    asked.side,
    asked.language,
    asked.checks,
    asked.good,
    asked.worked,
    asked.new_entries,
    coalesce(kept.articles, 0) as articles,
    coalesce(told.relevant, 0) as relevant,
    coalesce(told.texts, 0) as texts,
    coalesce(told.stories, 0) as stories,
    weeks.sources_working
from main.source_weeks as asked
join main.weeks as weeks on weeks.week = asked.week
left join kept on kept.week = asked.week and kept.source_id = asked.source_id
left join told on told.week = asked.week and told.source_id = asked.source_id;
comment on view main.coverage_by_source is 'What each source gave in each week in which it was asked: zero articles of a source that worked is another zero than that of one that did not.';
comment on column main.coverage_by_source.articles is 'articles first seen there, of every relevance, backlog left out';
comment on column main.coverage_by_source.relevant is 'of them bilateral or related';
comment on column main.coverage_by_source.texts is 'separate texts among the relevant ones';
comment on column main.coverage_by_source.stories is 'stories of the relevant ones';

create or replace view main.wire_share as
with told as (
    select
        counted.*,
        coalesce(nullif(counted.wire, ''), nullif(roots.wire, ''), if(counted.duplicate_of is null, 'own', 'copy')) as origin
    from main.counted_articles as counted
    left join base.articles as kept on kept.article_id = counted.duplicate_of and kept.is_current
    left join base.verdicts as roots on roots.article_id = kept.article_id and roots.revision = kept.revision
    where counted.source_kind <> 'translation'
)
select
    told.week,
    told.outlet,
    told.side,
    told.language,
    told.source_kind,
    told.origin as wire,
    count(*) as articles,
    count(*) filter (where told.duplicate_of is not null) as copies,
    count(distinct told.text_key) as texts,
    count(distinct told.story_id) as stories,
    count(*) / sum(count(*)) over (partition by told.week, told.outlet, told.side, told.language, told.source_kind) as share,
    any_value(weeks.sources_working) as sources_working
from told
left join main.weeks as weeks on weeks.week = told.week
group by told.week, told.outlet, told.side, told.language, told.source_kind, told.origin;
comment on view main.wire_share is 'Whose text each outlet printed in each week: a row for each agency, one for its own texts, one for copies whose origin nobody names. Sum articles over what you group by; machine translations are left out.';
comment on column main.wire_share.wire is 'agency that the text, or what it copies, names as its origin; own: neither names one and it copies nothing; copy: it copies another outlet and no agency is named';
comment on column main.wire_share.copies is 'of the articles, those folded under another';
comment on column main.wire_share.share is 'of the outlet''s articles of the week in that language, 0 to 1';

create or replace view main.weekly_counts as
with told as materialized (
    select counted.* from main.counted_articles as counted
),
keyed as (
    select told.*, 'all' as dimension, 'all' as key from told
    union all
    select told.*, 'language', told.language from told
    union all
    select told.*, 'side', told.side from told
    union all
    select told.*, 'topic', said.value
    from told
    join base.topics as said on said.article_id = told.article_id and said.revision = told.revision
)
select
    keyed.week,
    keyed.dimension,
    keyed.key,
    count(*) as articles,
    count(distinct keyed.text_key) as texts,
    count(distinct keyed.story_id) as stories,
    count(distinct keyed.outlet) as outlets,
    any_value(weeks.sources_working) as sources_working
from keyed
left join main.weeks as weeks on weeks.week = keyed.week
group by keyed.week, keyed.dimension, keyed.key;
comment on view main.weekly_counts is 'Articles, separate texts and stories of each week: of all, by language, by side and by topic. An article has several topics, so topics do not add up.';
comment on column main.weekly_counts.dimension is 'all, language, side or topic';
comment on column main.weekly_counts.key is 'the language, side or topic; all for all';

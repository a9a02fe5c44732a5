-- What the weeks of a synthetic warehouse leave behind: checks of every source, and a frozen issue a week.
insert into base.fetches by name
select
    md5(source_id || asked_at)[:16] as fetch_id, 'bench' as run_id, source_id, url, url as final_url, asked_at as fetched_at,
    case hash(source_id || asked_at) % 40 when 0 then 'failed' when 1 then 'blocked' when 2 then 'empty' when 3 then 'unchanged' else 'ok' end
        as outcome,
    200 as status, '' as error, 20000 as bytes, 300 as elapsed_ms, 20 as entries, 2 as new_entries, 18 as known_entries,
    '' as warc_file, -1 as warc_offset, 0 as retry_after
from (
    select
        source_id, url,
        unnest(range(
            timestamptz '2020-01-06 00:00:00+00',
            timestamptz '2020-01-06 00:00:00+00' + to_days(7 * getvariable('weeks')),
            to_minutes(1440 // getvariable('checks'))
        )) as asked_at
    from base.sources
);

insert into base.issues by name
with weeks as (
    select unnest(range(getvariable('weeks'))) as number
)
select
    strftime(date '2020-01-06' + to_days(7 * number), '%G-W%V') as week, 'Asia/Ho_Chi_Minh' as zone,
    timestamptz '2020-01-05 17:00:00+00' + to_days(7 * number) as starts_at,
    timestamptz '2020-01-12 17:00:00+00' + to_days(7 * number) as ends_at,
    timestamptz '2020-01-13 00:00:00+00' + to_days(7 * number) as frozen_at, '{}' as content, md5('{}') as sha256
from weeks;

insert into base.issue_entries by name
with ranked as (
    select
        issues.week, stories.story_id, stories.founded_by,
        row_number() over (partition by issues.week order by stories.story_id) as position
    from base.stories as stories
    join base.issues as issues on stories.first_seen >= issues.starts_at and stories.first_seen < issues.ends_at
)
select
    week, position, 'politics' as section, if(position <= 5, 'full', 'line') as level, 'new' as status, story_id,
    articles.title as headline, articles.language, articles.outlet, articles.url, 2 as articles, 1 as texts
from ranked
join base.articles as articles on articles.article_id = ranked.founded_by
where position <= 18;

insert into base.renderings by name
select week, 'en' as language, week as subject, repeat('<p>x</p>', 2000) as html, repeat('text ', 1000) as text,
    repeat('<p>x</p>', 4000) as web, md5(week) as sha256
from base.issues;

insert into base.deliveries by name
select week, 'reader' as recipient, '<' || week || '@bench>' as message_id, md5(week) as body_sha256, 'sent' as status,
    1 as attempts, 250 as code, 'OK' as reply, frozen_at as updated_at
from base.issues;

insert into base.overrides by name
select md5(article_id)[:16] as override_id, 'relabel' as kind, [article_id] as subjects, [] as others, [] as stories,
    'bilateral' as relevance, ['economy', 'aid'] as topics, '' as language, 'bench' as note, first_seen as made_at
from base.articles
where hash(article_id) % 500 = 0;

create or replace view main.headlines_side_by_side as
with headlines as (
    select
        placed.story_id,
        coalesce(nullif(labels.language, ''), articles.language) as language,
        arg_min(
            {'title': articles.title, 'outlet': articles.outlet},
            (copies.article_id is not null, articles.first_seen, articles.article_id)
        ) as said
    from base.story_articles as placed
    join base.articles as articles on articles.article_id = placed.article_id and articles.is_current
    left join base.labels as labels on labels.article_id = articles.article_id
    left join base.duplicates as copies on copies.article_id = articles.article_id
    where articles.source_kind <> 'translation' and articles.title <> ''
    group by 1, 2
),
spread as (
    select
        headlines.story_id,
        any_value(headlines.said) filter (where headlines.language = 'en') as en,
        any_value(headlines.said) filter (where headlines.language = 'vi') as vi,
        any_value(headlines.said) filter (where headlines.language = 'ja') as ja,
        string_agg(headlines.language || ': ' || headlines.said.title || ' (' || headlines.said.outlet || ')', ' | ' order by headlines.language)
            filter (where headlines.language not in ('en', 'vi', 'ja')) as other
    from headlines
    group by headlines.story_id
)
select
    spread.story_id,
    stories.week,
    stories.event_date,
    spread.en.title as en,
    spread.vi.title as vi,
    spread.ja.title as ja,
    spread.other,
    spread.en.outlet as en_outlet,
    spread.vi.outlet as vi_outlet,
    spread.ja.outlet as ja_outlet,
    stories.articles,
    stories.texts
from spread
join main.stories as stories on stories.story_id = spread.story_id;
comment on view main.headlines_side_by_side is 'The first headline of each story in English, Vietnamese, Japanese and other languages, as printed; machine translations are left out.';
comment on column main.headlines_side_by_side.en is 'first headline in English; null where no outlet told it so';
comment on column main.headlines_side_by_side.vi is 'first headline in Vietnamese';
comment on column main.headlines_side_by_side.ja is 'first headline in Japanese';
comment on column main.headlines_side_by_side.other is 'first headline in each other language, with its outlet';
comment on column main.headlines_side_by_side.en_outlet is 'whose English headline it is';
comment on column main.headlines_side_by_side.vi_outlet is 'whose Vietnamese headline it is';
comment on column main.headlines_side_by_side.ja_outlet is 'whose Japanese headline it is';

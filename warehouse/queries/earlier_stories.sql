-- What the stories in `wanted` follow up, and what that followed up, nearest first; one line each.
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
lines as (
    select
        placed.story_id,
        arg_min(
            {'headline': articles.title, 'language': articles.language, 'outlet': articles.outlet, 'url': articles.url},
            (articles.source_kind = 'translation', articles.published is null, articles.published, articles.article_id)
        ) as line,
        bool_or(articles.source_id = 'baseline') as baseline
    from base.story_articles as placed
    join base.articles as articles using (article_id)
    where articles.is_current and placed.story_id in (select earlier_id from nearest)
    group by placed.story_id
)
select
    nearest.root,
    stories.story_id,
    stories.event_date,
    stories.event_type,
    lines.line.headline as headline,
    lines.line.language as headline_language,
    lines.line.outlet as outlet,
    lines.line.url as url,
    nearest.why,
    lines.baseline
from nearest
join base.stories as stories on stories.story_id = nearest.earlier_id
join lines on lines.story_id = nearest.earlier_id
order by nearest.root, nearest.depth, stories.event_date desc nulls last, stories.story_id;

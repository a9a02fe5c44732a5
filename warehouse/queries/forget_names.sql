-- Everything that an article is or was called, and where it is or was found.
with sightings as (select * from base.items where article_id = $id),
revisions as (select * from base.articles where article_id = $id),
downloads as (select * from base.pages where article_id = $id)
select distinct kind, value from (
    select 'name' as kind, unnest([canonical_url, article_key]) as value from sightings
    union all
    select 'name', canonical_url from revisions
    union all
    select 'title_key', title_key from sightings
    union all
    select 'url', unnest([url, canonical_url]) from sightings
    union all
    select 'url', unnest([url, canonical_url]) from revisions
    union all
    select 'url', unnest([url, final_url]) from downloads
    union all
    select 'title', title from sightings
    union all
    select 'title', title from revisions
)
where value <> ''
order by kind, value;

-- Who was held for a copy of an article, or compared with it, or is what it was a copy of, with that one's copies.
with roots as (
    select duplicate_of as root from base.duplicates where article_id = $id
    union
    select $id
)
select article_id from base.duplicates where (duplicate_of in (select root from roots) or against = $id) and article_id <> $id
union
select root from roots where root <> $id and root not like 'baseline:%'
order by article_id;

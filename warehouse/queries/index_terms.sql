-- Terms of the articles in `numbered` (id, number). In the order of terms, so that one is found in few row groups.
-- Texts are most of the warehouse: found by row first, new ones are read without opening all the others.
insert into base.search_terms by name
with texts as (
    select numbered.number, articles.title, articles.text
    from base.articles as articles
    join numbered on articles.article_id = numbered.id
    where articles.rowid in (
        select held.rowid
        from base.articles as held
        join numbered on held.article_id = numbered.id
        where held.is_current
    )
),
said as (
    select number, 4 as weight, unnest(main.terms(title)) as term from texts
    union all
    select number, 4, unnest(regexp_extract_all(title, '\p{Han}')) from texts
    union all
    select number, 1, unnest(main.terms(text)) from texts
    union all
    select number, 1, unnest(regexp_extract_all(text, '\p{Han}')) from texts
)
select term, number, least(sum(weight), 65535) as weight
from said
group by term, number
order by term, number;

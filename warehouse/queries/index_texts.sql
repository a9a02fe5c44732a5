-- The articles in `numbered` (id, number, from $first on) can be searched for by the terms that they have now.
merge into base.search_texts using (
    select
        articles.article_id,
        articles.revision,
        numbered.number,
        coalesce(terms.weight, 0) as weight,
        $rules as rule_version
    from numbered
    join base.articles as articles on articles.article_id = numbered.id and articles.is_current
    left join (
        select number, sum(weight) as weight
        from base.search_terms
        where number >= cast($first as uinteger) -- a constant of its type: the older batches are not opened
        group by number
    ) as terms on terms.number = numbered.number
) as made using (article_id)
when matched then update set *
when not matched then insert by name;

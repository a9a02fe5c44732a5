create or replace macro base.pieces(words) as list_transform(
    regexp_extract_all(words, base.spaced() || '|' || base.unspaced() || '[ﾞﾟ]?|[^\p{L}\p{M}\p{N}]+'),
    lambda piece: {'written': piece, 'term': coalesce(main.terms(piece)[1], '')}
);
comment on macro base.pieces is 'A text cut into words, single characters of scripts without spaces, and what stands between; with what each is to search.';

-- Two neighbouring characters are one term, so a character is marked for the one before it or after it.
create or replace macro base.mark_pieces(pieces, sought, opening, closing) as list_transform(
    pieces,
    lambda one, i: if(
        one.term <> ''
        and (
            list_contains(sought, one.term)
            or list_contains(sought, one.term || coalesce(pieces[i + 1].term, ''))
            or list_contains(sought, if(i > 1, pieces[i - 1].term, '') || one.term)
        ),
        opening || one.written || closing,
        one.written
    )
);
comment on macro base.mark_pieces is 'Pieces as written, with marks around those that are sought.';

-- A list of one is how a macro names a value that it needs more than once.
create or replace macro main.highlight(words, asked, opening := '«', closing := '»') as replace(replace(
    coalesce(list_aggregate(
        list_transform(
            [{'pieces': base.pieces(words), 'sought': main.terms(asked)}],
            lambda given: base.mark_pieces(given.pieces, given.sought, opening, closing)
        )[1],
        'string_agg',
        ''
    ), ''),
    closing || opening,
    ''
), closing || ' ' || opening, ' ');
comment on macro main.highlight is 'A text with marks around what is asked for.';

-- A part is at most 200 characters of a line, up to a full stop or a blank where there is one.
create or replace macro base.parts(words) as list_transform(
    regexp_extract_all(words, '[^\n。！？]{1,200}(?:[。！？]+[」』）]?|\s|$)|[^\n。！？]{1,200}'),
    lambda part: trim(part, e' \n\t')
);
comment on macro base.parts is 'A text cut into parts that are short enough to show.';

create or replace macro base.fullest(parts, sought) as list_reduce(
    list_transform(parts, lambda part: {'part': part, 'hits': len(list_intersect(main.terms(part), sought))}),
    lambda best, one: if(one.hits > best.hits, one, best),
    {'part': '', 'hits': cast(-1 as bigint)}
).part;
comment on macro base.fullest is 'The first of the parts that hold most of what is sought.';

create or replace macro main.excerpt(words, asked, opening := '«', closing := '»') as list_transform(
    [base.fullest(base.parts(words), main.terms(asked))],
    lambda part: main.highlight(part, asked, opening, closing)
)[1];
comment on macro main.excerpt is 'The part of a text that holds most of what is asked for, with marks around it.';

create or replace macro base.words_in(words) as regexp_extract_all(words, base.spaced() || '|' || base.unspaced() || '+');
comment on macro base.words_in is 'The words and runs of a text as they are written.';

create or replace macro base.neighbours(words) as list_concat(
    list_transform(
        list_zip(base.words_in(main.fold(words)), base.words_in(main.fold(words))[2:]),
        lambda pair: if(pair[2] is null, null, pair[1] || ' ' || pair[2])
    ),
    list_filter(base.words_in(main.fold(words)), lambda run: length(run) > 2 and regexp_matches(run, base.unspaced()))
);
comment on macro base.neighbours is 'What should stand together: each two neighbouring words, and runs of scripts without spaces.';

create or replace macro base.share(sought, words, bare) as coalesce(list_avg(list_transform(
    list_filter(sought, lambda one: one is not null),
    lambda one: if(contains(words, one) or contains(bare, strip_accents(one)), 1, 0)
)), 0);
comment on macro base.share is 'How many of some words are in a text, or in its form without accents: 0 to 1.';

-- BM25 with k1 = 1.2 and b = 0.75 (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009), the title's words
-- weighted as in BM25F. Two thirds of the terms must be there: a question is answered although one of its words is not.
-- Neighbours that stay neighbours lift an article by a half, words as they were typed, accents too, by a third.
create or replace macro base.ranked(asked, most := 300) as table
with sought as (
    select distinct term from (select unnest(main.terms(left(asked, 1000))[1:64]) as term)
),
hits as materialized (
    select found.term, found.number, found.weight from base.search_terms as found join sought using (term)
),
held as (
    select count(*) as texts, avg(weight) as weight from base.search_texts
),
rarity as (
    select hits.term, ln(1 + (any_value(held.texts) - count(*) + 0.5) / (count(*) + 0.5)) as idf
    from hits, held
    group by hits.term
),
scored as (
    select
        hits.number,
        count(*) as terms,
        sum(rarity.idf * hits.weight * 2.2 / (hits.weight + 1.2 * (0.25 + 0.75 * texts.weight / held.weight))) as bm25,
        any_value(texts.article_id) as article_id,
        any_value(texts.revision) as revision
    from hits
    join rarity using (term)
    join base.search_texts as texts using (number)
    cross join held
    group by hits.number
    having count(*) >= ceil((select count(*) from sought) * 2 / 3)
    order by bm25 desc, hits.number desc
    limit most
),
near as (
    select
        scored.article_id,
        scored.bm25,
        articles.first_seen,
        lower(articles.title || ' ' || articles.text) as written,
        main.fold(articles.title || ' ' || articles.text) as folded
    from scored
    join base.articles as articles using (article_id, revision)
)
select
    article_id,
    bm25
    * (1 + 0.5 * base.share(base.neighbours(asked), folded, strip_accents(folded)))
    * (1 + 0.3 * base.share(base.words_in(lower(asked)), written, written)) as score,
    first_seen
from near
order by score desc, first_seen desc, article_id;
comment on macro table base.ranked is 'The articles that hold most of what is asked for, best first: at most so many.';

create or replace macro main.search(asked, most := 20) as table
with found as (
    select article_id, score, first_seen
    from base.ranked(asked, greatest(most, 300))
    order by score desc, first_seen desc, article_id
    limit most
)
select
    round(found.score, 2) as score,
    articles.title,
    main.excerpt(articles.text, asked) as excerpt,
    articles.outlet,
    coalesce(verdicts.language, articles.language) as language,
    articles.published,
    verdicts.relevance,
    placed.story_id,
    copies.duplicate_of,
    articles.article_id,
    articles.url
from found
join base.articles as articles on articles.article_id = found.article_id and articles.is_current
left join base.verdicts as verdicts on verdicts.article_id = articles.article_id and verdicts.revision = articles.revision
left join base.story_articles as placed on placed.article_id = articles.article_id
left join base.duplicates as copies on copies.article_id = articles.article_id
order by found.score desc, found.first_seen desc, articles.article_id;
comment on macro table main.search is 'The articles that tell most of what is asked for, best first, each with the part that holds it: FROM search(''石破 会談'').';

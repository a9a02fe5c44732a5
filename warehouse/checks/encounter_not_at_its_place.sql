-- Sentences of encounters, and their words, that lie outside the field that they are said to stand in.
select encounters.article_id, encounters.field, encounters.start_char, encounters.end_char
from base.encounters as encounters
join base.articles as articles using (article_id, revision)
where
    articles.text_kind <> 'none'
    and (
        encounters.end_char > length(if(encounters.field = 'title', articles.title, articles.text))
        or encounters.word_start < encounters.start_char
        or encounters.word_end > encounters.end_char
    );

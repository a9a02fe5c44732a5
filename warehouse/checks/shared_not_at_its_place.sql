-- What two articles share whose characters do not stand where it says, in the one or in the other.
with sides as (
    select link, article_id as told_of, article_id, revision, field, start_char, end_char, text
    from base.shared
    union all
    select link, article_id as told_of, against, against_revision, against_field, against_start, against_end, against_text
    from base.shared
    where against_field is not null
)
select sides.link, sides.told_of, sides.article_id, sides.field, sides.start_char, sides.text
from sides
join base.articles as articles using (article_id, revision)
where
    sides.text = ''
    or sides.text <> substring(
        case sides.field when 'title' then articles.title when 'url' then articles.url else articles.text end,
        sides.start_char + 1,
        sides.end_char - sides.start_char
    );

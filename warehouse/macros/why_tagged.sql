create or replace macro main.why_tagged(article) as table
    select tags.* exclude (article_id)
    from main.why_tagged as tags
    where tags.article_id = article
    order by tags.kind, tags.value, tags.field desc, tags.start_char;
comment on macro table main.why_tagged is 'Why an article (its id) has each of its tags, with the characters.';

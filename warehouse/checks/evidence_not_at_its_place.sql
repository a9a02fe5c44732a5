-- Evidence whose characters do not stand where it says. The baseline's texts may not be held.
select evidence.article_id, evidence.tag, evidence.field, evidence.start_char, evidence.text
from base.evidence as evidence
join base.articles as articles using (article_id, revision)
where
    articles.text_kind <> 'none'
    and evidence.text <> substring(
        if(evidence.field = 'title', articles.title, articles.text),
        evidence.start_char + 1,
        evidence.end_char - evidence.start_char
    );

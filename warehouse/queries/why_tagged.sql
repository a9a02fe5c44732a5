-- The words behind every tag of one article, in the order of the text.
select evidence.tag, evidence.score, evidence.field, evidence.start_char, evidence.end_char, evidence.text
from main.evidence as evidence
where evidence.article_id = $article
order by evidence.field desc, evidence.start_char, evidence.end_char, evidence.tag;

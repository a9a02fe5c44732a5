-- Of what one article is a copy, and against which article that was seen.
select
    folded.kind,
    folded.score,
    folded.evidence,
    folded.duplicate_of,
    folded.kept_outlet,
    folded.kept_title,
    compared.article_id as against,
    compared.outlet as against_outlet,
    compared.title as against_title
from main.folded as folded
join base.duplicates as copies using (article_id)
join base.articles as compared on compared.article_id = copies.against and compared.is_current
where folded.article_id = $article;

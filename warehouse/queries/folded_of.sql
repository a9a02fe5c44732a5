-- Copies that became so in the run of $now: articles first seen or revised then, and under what they are folded.
select
    copies.article_id,
    articles.title,
    articles.outlet,
    roots.title as kept_title,
    roots.outlet as kept_outlet,
    copies.kind,
    copies.score,
    copies.evidence
from base.duplicates as copies
join base.articles as articles on articles.article_id = copies.article_id and articles.is_current
join base.articles as roots on roots.article_id = copies.duplicate_of and roots.is_current
where articles.first_seen = $now or articles.revised_at = $now
order by copies.kind, copies.score desc, copies.article_id;

-- What the articles in `wanted` share with those that they are copies of, or stand beside in their story.
select shared.*
from base.shared as shared
join wanted on shared.article_id = wanted.id
where shared.link = $link
order by shared.article_id, shared.position;

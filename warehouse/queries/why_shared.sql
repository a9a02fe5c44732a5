-- What one article shares with those that it was compared with.
select shared.*
from main.shared as shared
where shared.article_id = $article
order by shared.link, shared.position;

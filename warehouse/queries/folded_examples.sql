-- One example of each kind of copy, then more, three in all.
select title, outlet, kind, evidence, kept_outlet, score
from main.folded
qualify row_number() over (partition by kind order by score, article_id) <= 2
order by row_number() over (partition by kind order by score, article_id), kind
limit 3;

-- Articles with more or fewer than one current revision.
select article_id, count(*) filter (where is_current) as current_revisions
from base.articles
group by article_id
having current_revisions <> 1;

-- Current articles that were never judged.
select article_id, outlet, first_seen
from base.articles anti join base.judgements using (article_id, revision)
where is_current;

-- Current articles that have no text, although one was had.
select article_id, outlet, text_kind, words
from base.articles
where is_current and text_kind in ('full', 'feed', 'summary') and (text = '' or words = 0);

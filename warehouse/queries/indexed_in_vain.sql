-- What can be searched for although no article is left of it.
select texts.article_id, texts.number
from base.search_texts as texts
anti join base.articles as articles on articles.article_id = texts.article_id and articles.is_current;

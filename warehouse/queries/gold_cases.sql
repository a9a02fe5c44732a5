-- What stands now of the articles that corrections are about.
select
    articles.article_id,
    articles.url,
    articles.title,
    articles.text,
    articles.text_kind,
    articles.published,
    articles.published_quality,
    articles.language,
    articles.relevance,
    articles.topics,
    articles.story_id,
    articles.duplicate_of,
    articles.duplicate_kind
from main.articles as articles
join wanted on articles.article_id = wanted.id
order by articles.article_id;

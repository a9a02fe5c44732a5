-- One article.
select * from main.articles where article_id = $article;

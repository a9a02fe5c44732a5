-- Why one article is folded.
select * from main.folded where article_id = $article;

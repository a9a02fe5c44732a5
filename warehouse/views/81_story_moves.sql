create or replace view main.story_moves as
select
    moves.article_id,
    articles.title,
    articles.outlet,
    moves.story_id,
    moves.to_story,
    moves.moved_at,
    moves.why
from base.story_moves as moves
join base.articles as articles using (article_id)
where articles.is_current
order by moves.moved_at, moves.article_id;
comment on view main.story_moves is 'Articles that left a story: a newer revision is not relevant, or the stories were solved again.';
comment on column main.story_moves.story_id is 'the story that it was in';

-- That an article left its story is all that stays to be told of it.
insert into base.story_moves by name
select article_id, story_id, '' as to_story, $now as moved_at, 'forgotten' as why
from base.story_articles as placed
where article_id = $id and not exists (
    select 1 from base.story_moves as moves
    where moves.article_id = $id and moves.story_id = placed.story_id and moves.moved_at = $now
);

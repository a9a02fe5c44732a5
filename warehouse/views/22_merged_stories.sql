create or replace view main.merged_stories as
with recursive gone as (
    select stories.story_id, stories.merged_into, 1 as steps
    from base.stories as stories
    where stories.merged_into <> ''
    union all
    select gone.story_id, stories.merged_into, gone.steps + 1
    from gone
    join base.stories as stories on stories.story_id = gone.merged_into
    where stories.merged_into <> '' and gone.steps < 100
)
select gone.story_id, arg_max(gone.merged_into, gone.steps) as goes_on_in
from gone
group by gone.story_id;
comment on view main.merged_stories is 'Stories that another one took over, and the one in which each goes on now.';
comment on column main.merged_stories.story_id is 'the story that was taken over';

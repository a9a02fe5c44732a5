create or replace macro main.follow_ups(story) as table
    select chains.* exclude (of_story)
    from main.story_chains as chains
    where chains.of_story = story
    order by chains.direction, chains.depth, chains.story_id;
comment on macro table main.follow_ups is 'What a story (its id) follows up and what follows it up, over any number of steps, with the reasons.';

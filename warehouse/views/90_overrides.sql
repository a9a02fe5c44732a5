create or replace view main.overrides as
select
    overrides.override_id,
    overrides.kind,
    overrides.subjects,
    overrides.others,
    overrides.stories,
    nullif(overrides.relevance, '') as relevance,
    overrides.topics,
    nullif(overrides.language, '') as language,
    overrides.note,
    overrides.made_at
from base.overrides as overrides;
comment on view main.overrides is 'What users decided (vnjp merge, split, unfold, relabel); each outlives every reprocessing until it is removed.';
comment on column main.overrides.kind is 'merge, split, unfold or relabel';
comment on column main.overrides.stories is 'story_ids as they were named: both (merge), the one that was split';
comment on column main.overrides.relevance is 'that the user gave; null: as the rules say';
comment on column main.overrides.language is 'that the user gave; null: as the rules say';
comment on column main.overrides.note is 'what the user gave as the reason';

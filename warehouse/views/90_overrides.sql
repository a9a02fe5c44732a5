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

create table base.judgements (
    article_id VARCHAR not null,
    revision VARCHAR not null,
    language VARCHAR not null,
    relevance VARCHAR not null,
    relevance_score DOUBLE not null,
    event_type VARCHAR not null,
    event_date DATE,
    event_place VARCHAR not null,
    wire VARCHAR not null,
    rule_version VARCHAR not null
);
comment on table base.judgements is 'what is held of a revision';
comment on column base.judgements.article_id is 'hash of the canonical address; baseline:000 to baseline:004 for the baseline';
comment on column base.judgements.revision is 'hash of title and text';
comment on column base.judgements.language is 'BCP 47 primary tag';
comment on column base.judgements.relevance is 'bilateral, related, mention or none';
comment on column base.judgements.relevance_score is 'sum of the parts in base.tags';
comment on column base.judgements.event_type is 'visit, meeting, loan, ...; empty when unknown';
comment on column base.judgements.event_date is 'local day of the event';
comment on column base.judgements.event_place is 'entity_id of a place, or empty';
comment on column base.judgements.wire is 'agency that the text names as its origin, or empty';
comment on column base.judgements.rule_version is 'of the judging rules';

create table base.tags (
    article_id VARCHAR not null,
    revision VARCHAR not null,
    kind VARCHAR not null,
    value VARCHAR not null,
    score DOUBLE not null,
    position INTEGER not null
);
comment on table base.tags is 'topics and the parts of the relevance score';
comment on column base.tags.article_id is 'hash of the canonical address; baseline:000 to baseline:004 for the baseline';
comment on column base.tags.revision is 'hash of title and text';
comment on column base.tags.kind is 'topic or relevance_part';
comment on column base.tags.value is 'code of the topic, or name of the part';
comment on column base.tags.score is 'weight; for topics the rank turned into a number below 1';
comment on column base.tags.position is '0 for the strongest';

create table base.entities (
    article_id VARCHAR not null,
    revision VARCHAR not null,
    entity_id VARCHAR not null,
    kind VARCHAR not null,
    name VARCHAR not null,
    side VARCHAR not null,
    role VARCHAR not null,
    mentions INTEGER not null,
    in_title BOOLEAN not null,
    in_lead BOOLEAN not null,
    position INTEGER not null
);
comment on table base.entities is 'people, organisations and places named in an article';
comment on column base.entities.article_id is 'hash of the canonical address; baseline:000 to baseline:004 for the baseline';
comment on column base.entities.revision is 'hash of title and text';
comment on column base.entities.entity_id is 'of the lexicon';
comment on column base.entities.kind is 'person, organisation or place';
comment on column base.entities.name is 'canonical label: diacritics kept, family name first';
comment on column base.entities.side is 'vietnam, japan or third';
comment on column base.entities.role is 'as reported in this article';
comment on column base.entities.mentions is 'how often';
comment on column base.entities.in_title is 'named in the title';
comment on column base.entities.in_lead is 'named in the lead';
comment on column base.entities.position is 'order of weight';

create table base.amounts (
    article_id VARCHAR not null,
    revision VARCHAR not null,
    position INTEGER not null,
    value DOUBLE not null,
    unit VARCHAR not null,
    text VARCHAR not null,
    subject VARCHAR not null
);
comment on table base.amounts is 'sums and counts as written and normalised';
comment on column base.amounts.article_id is 'hash of the canonical address; baseline:000 to baseline:004 for the baseline';
comment on column base.amounts.revision is 'hash of title and text';
comment on column base.amounts.position is 'order in the text';
comment on column base.amounts.value is 'normalised number';
comment on column base.amounts.unit is 'JPY, USD, VND, percent, people, ...';
comment on column base.amounts.text is 'as written';
comment on column base.amounts.subject is 'what it counts, where known';

create table base.dates_ahead (
    article_id VARCHAR not null,
    revision VARCHAR not null,
    day DATE,
    field VARCHAR not null,
    start_char INTEGER not null,
    end_char INTEGER not null,
    text VARCHAR not null
);
comment on table base.dates_ahead is 'what an article says will happen, and when';
comment on column base.dates_ahead.article_id is 'hash of the canonical address; baseline:000 to baseline:004 for the baseline';
comment on column base.dates_ahead.revision is 'hash of title and text';
comment on column base.dates_ahead.day is 'local day';
comment on column base.dates_ahead.field is 'title or text';
comment on column base.dates_ahead.start_char is 'code points, half-open';
comment on column base.dates_ahead.end_char is 'code points, half-open';
comment on column base.dates_ahead.text is 'the characters';

create table base.evidence (
    article_id VARCHAR not null,
    revision VARCHAR not null,
    tag VARCHAR not null,
    field VARCHAR not null,
    start_char INTEGER not null,
    end_char INTEGER not null,
    text VARCHAR not null
);
comment on table base.evidence is 'the characters that caused a decision';
comment on column base.evidence.article_id is 'hash of the canonical address; baseline:000 to baseline:004 for the baseline';
comment on column base.evidence.revision is 'hash of title and text';
comment on column base.evidence.tag is 'what it supports: topic:economy, person:to-lam, relevance:both-in-title, ...';
comment on column base.evidence.field is 'title or text';
comment on column base.evidence.start_char is 'code points, half-open';
comment on column base.evidence.end_char is 'code points, half-open';
comment on column base.evidence.text is 'the characters';

create table base.stories (
    story_id VARCHAR not null,
    founded_by VARCHAR not null,
    first_seen TIMESTAMPTZ not null,
    last_seen TIMESTAMPTZ,
    event_type VARCHAR not null,
    event_date DATE,
    merged_into VARCHAR not null
);
comment on table base.stories is 'one real-world event as told by any number of articles';
comment on column base.stories.story_id is 'opaque, from its founding article, for life';
comment on column base.stories.founded_by is 'article_id';
comment on column base.stories.first_seen is 'of its first article';
comment on column base.stories.last_seen is 'of its latest article';
comment on column base.stories.event_type is 'of most of its articles';
comment on column base.stories.event_date is 'of most of its articles';
comment on column base.stories.merged_into is 'the story that took it over, or empty';

create table base.story_articles (
    story_id VARCHAR not null,
    article_id VARCHAR not null,
    score DOUBLE not null,
    against VARCHAR not null,
    why VARCHAR not null,
    revision VARCHAR not null,
    rule_version VARCHAR not null,
    strand VARCHAR not null
);
comment on table base.story_articles is 'which article belongs to which story, and why';
comment on column base.story_articles.story_id is 'of base.stories';
comment on column base.story_articles.article_id is 'of base.articles';
comment on column base.story_articles.score is 'resemblance to the member in against';
comment on column base.story_articles.against is 'the member it resembles most, empty for the founder';
comment on column base.story_articles.why is 'one line for a person';
comment on column base.story_articles.revision is 'of the article, when it was put there; empty for the baseline as it is shipped';
comment on column base.story_articles.rule_version is 'of the judging, duplicate and story rules; empty for the baseline as it is shipped';
comment on column base.story_articles.strand is 'part of the story that the article tells (talks, signing, business, royal house, ...), empty where unknown';

create table base.story_moves (
    article_id VARCHAR not null,
    story_id VARCHAR not null,
    to_story VARCHAR not null,
    moved_at TIMESTAMPTZ not null,
    why VARCHAR not null
);
comment on table base.story_moves is 'which article left which story, when and why';
comment on column base.story_moves.article_id is 'of base.articles';
comment on column base.story_moves.story_id is 'the story that it was in';
comment on column base.story_moves.to_story is 'the story that it went to, empty when it is in none';
comment on column base.story_moves.moved_at is 'now of the run';
comment on column base.story_moves.why is 'one line for a person';

create table base.story_links (
    story_id VARCHAR not null,
    earlier_id VARCHAR not null,
    score DOUBLE not null,
    why VARCHAR not null,
    article_id VARCHAR not null,
    against VARCHAR not null
);
comment on table base.story_links is 'a story that follows up an earlier one';
comment on column base.story_links.story_id is 'the later story';
comment on column base.story_links.earlier_id is 'the earlier story';
comment on column base.story_links.score is '0 to 1';
comment on column base.story_links.why is 'one line for a person';
comment on column base.story_links.article_id is 'of the later story, the article most like one of the earlier';
comment on column base.story_links.against is 'that one of the earlier story';

create table base.shared (
    link VARCHAR not null,
    article_id VARCHAR not null,
    revision VARCHAR not null,
    against VARCHAR not null,
    against_revision VARCHAR not null,
    position INTEGER not null,
    kind VARCHAR not null,
    key VARCHAR not null,
    field VARCHAR not null,
    start_char INTEGER not null,
    end_char INTEGER not null,
    text VARCHAR not null,
    against_field VARCHAR,
    against_start INTEGER,
    against_end INTEGER,
    against_text VARCHAR
);
comment on table base.shared is 'what two articles have in common: for which one is held for a copy, put into a story, or its story linked to an earlier one';
comment on column base.shared.link is 'copy (base.duplicates), story (base.story_articles) or follow_up (base.story_links)';
comment on column base.shared.article_id is 'of the row that this explains';
comment on column base.shared.revision is 'of article_id: the offsets are into its title, text or url';
comment on column base.shared.against is 'the article that it was compared with';
comment on column base.shared.against_revision is 'of against';
comment on column base.shared.position is 'order within the row: the weightiest first';
comment on column base.shared.kind is 'passage, address, person, organisation, place, matter, figure, day, name, title or lead';
comment on column base.shared.key is 'entity_id, matter, normalised figure, day or name; empty where the characters say it all';
comment on column base.shared.field is 'title, text or url';
comment on column base.shared.start_char is 'code points, half-open';
comment on column base.shared.end_char is 'code points, half-open';
comment on column base.shared.text is 'the characters';
comment on column base.shared.against_field is 'the same in against; null where its text is not held';
comment on column base.shared.against_start is 'code points, half-open';
comment on column base.shared.against_end is 'code points, half-open';
comment on column base.shared.against_text is 'the characters';

create table base.overrides (
    override_id VARCHAR not null,
    kind VARCHAR not null,
    subjects VARCHAR[] not null,
    others VARCHAR[] not null,
    stories VARCHAR[] not null,
    relevance VARCHAR not null,
    topics VARCHAR[],
    language VARCHAR not null,
    note VARCHAR not null,
    made_at TIMESTAMPTZ not null
);
comment on table base.overrides is 'what a user decided; it outlives every reprocessing';
comment on column base.overrides.override_id is 'hash of what was decided, so that the same twice is one row';
comment on column base.overrides.kind is 'merge, split, unfold or relabel';
comment on column base.overrides.subjects is 'article_ids: of the one story (merge), taken out (split), unfolded, relabelled';
comment on column base.overrides.others is 'article_ids: of the other story (merge), that stayed (split), of the group (unfold)';
comment on column base.overrides.stories is 'story_ids as they were named: both (merge), the one that was split';
comment on column base.overrides.relevance is 'label of a relabel; empty: as the rules say';
comment on column base.overrides.topics is 'labels of a relabel; null: as the rules say';
comment on column base.overrides.language is 'label of a relabel; empty: as the rules say';
comment on column base.overrides.note is 'what the user gave as the reason';
comment on column base.overrides.made_at is 'when it was decided';

-- What a user says of an article lies over what the rules said: the judgement keeps the latter.
create view base.labels as
select
    overrides.subjects[1] as article_id,
    overrides.override_id,
    overrides.relevance,
    overrides.topics,
    overrides.language
from base.overrides as overrides
where overrides.kind = 'relabel';
comment on view base.labels is 'what a user says of an article, one row an article';
comment on column base.labels.article_id is 'of base.articles';
comment on column base.labels.override_id is 'of base.overrides';
comment on column base.labels.relevance is 'empty: as the rules say';
comment on column base.labels.topics is 'null: as the rules say';
comment on column base.labels.language is 'empty: as the rules say';

create view base.verdicts as
select
    judgements.article_id,
    judgements.revision,
    coalesce(nullif(labels.language, ''), judgements.language) as language,
    coalesce(nullif(labels.relevance, ''), judgements.relevance) as relevance,
    judgements.relevance_score,
    judgements.event_type,
    judgements.event_date,
    judgements.event_place,
    judgements.wire,
    judgements.rule_version
from base.judgements as judgements
left join base.labels as labels using (article_id);
comment on view base.verdicts is 'what holds of a revision: the judgement of the rules with the user''s labels over it';
comment on column base.verdicts.article_id is 'of base.articles';
comment on column base.verdicts.revision is 'hash of title and text';
comment on column base.verdicts.language is 'of the user, else of the rules';
comment on column base.verdicts.relevance is 'of the user, else of the rules';
comment on column base.verdicts.relevance_score is 'of the rules';
comment on column base.verdicts.event_type is 'of the rules';
comment on column base.verdicts.event_date is 'of the rules';
comment on column base.verdicts.event_place is 'of the rules';
comment on column base.verdicts.wire is 'of the rules';
comment on column base.verdicts.rule_version is 'of the judging rules';

create view base.topics as
select tags.article_id, tags.revision, tags.value, tags.score, tags.position
from base.tags as tags
left join base.labels as labels using (article_id)
where tags.kind = 'topic' and labels.topics is null
union all
select judgements.article_id, judgements.revision, said.value, 1 / (1 + said.position) as score, said.position
from base.judgements as judgements
join base.labels as labels using (article_id)
cross join lateral (
    select unnest(labels.topics) as value, unnest(range(len(labels.topics))) :: INTEGER as position
) as said;
comment on view base.topics is 'the topics that hold of a revision: those of the user, where he gave any, else those of the rules';
comment on column base.topics.article_id is 'of base.articles';
comment on column base.topics.revision is 'hash of title and text';
comment on column base.topics.value is 'code of the topic';
comment on column base.topics.score is 'the rank turned into a number';
comment on column base.topics.position is '0 for the strongest';

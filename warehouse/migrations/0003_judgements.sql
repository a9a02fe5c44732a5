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
    strand VARCHAR not null
);
comment on table base.story_articles is 'which article belongs to which story, and why';
comment on column base.story_articles.story_id is 'of base.stories';
comment on column base.story_articles.article_id is 'of base.articles';
comment on column base.story_articles.score is 'resemblance to the member in against';
comment on column base.story_articles.against is 'the member it resembles most, empty for the founder';
comment on column base.story_articles.why is 'one line for a person';
comment on column base.story_articles.strand is 'part of the story that the article tells (talks, signing, business, royal house, ...), empty where unknown';

create table base.story_links (
    story_id VARCHAR not null,
    earlier_id VARCHAR not null,
    score DOUBLE not null,
    why VARCHAR not null
);
comment on table base.story_links is 'a story that follows up an earlier one';
comment on column base.story_links.story_id is 'the later story';
comment on column base.story_links.earlier_id is 'the earlier story';
comment on column base.story_links.score is '0 to 1';
comment on column base.story_links.why is 'one line for a person';

create table base.encounters (
    article_id VARCHAR not null,
    revision VARCHAR not null,
    person_a VARCHAR not null,
    person_b VARCHAR not null,
    kind VARCHAR not null,
    field VARCHAR not null,
    start_char INTEGER not null,
    end_char INTEGER not null,
    word_start INTEGER not null,
    word_end INTEGER not null,
    named INTEGER not null,
    day DATE
);
comment on table base.encounters is 'sentences that name two people and a word for meeting or calling';
comment on column base.encounters.article_id is 'hash of the canonical address; baseline:000 to baseline:004 for the baseline';
comment on column base.encounters.revision is 'hash of title and text';
comment on column base.encounters.person_a is 'entity_id, named first in the sentence';
comment on column base.encounters.person_b is 'entity_id, named after';
comment on column base.encounters.kind is 'meeting or call, as the word says';
comment on column base.encounters.field is 'title or text';
comment on column base.encounters.start_char is 'of the sentence; code points, half-open';
comment on column base.encounters.end_char is 'of the sentence; code points, half-open';
comment on column base.encounters.word_start is 'of the word; code points, half-open';
comment on column base.encounters.word_end is 'of the word; code points, half-open';
comment on column base.encounters.named is 'people that the sentence names; of more than two, somebody may only be told of';
comment on column base.encounters.day is 'where the sentence names one, and one only';

alter table base.amounts add column field VARCHAR;
alter table base.amounts add column start_char INTEGER;
alter table base.amounts add column end_char INTEGER;
alter table base.amounts add column sentence_start INTEGER;
alter table base.amounts add column sentence_end INTEGER;
comment on column base.amounts.field is 'title or text; null where rules before tag-2 judged';
comment on column base.amounts.start_char is 'code points, half-open';
comment on column base.amounts.end_char is 'code points, half-open';
comment on column base.amounts.sentence_start is 'of the sentence that holds it; code points, half-open';
comment on column base.amounts.sentence_end is 'of the sentence that holds it; code points, half-open';

alter table base.runs add column zone VARCHAR default '';
comment on column base.runs.zone is 'IANA zone of weeks and local days, as it was set; empty where not yet kept';

create table base.commits (
    counter BIGINT not null
);
comment on table base.commits is 'one row: the transactions that this file has seen';
comment on column base.commits.counter is 'never less than what is kept beside the file, unless the file lost some';
insert into base.commits values (0);

create table base.tombstones (
    name_hash VARCHAR not null,
    article_id VARCHAR not null,
    forgotten_at TIMESTAMPTZ not null,
    reason VARCHAR not null,
    seen_at TIMESTAMPTZ[] not null,
    cleared_at TIMESTAMPTZ
);
comment on table base.tombstones is 'articles that were taken out for good and are never taken in again; nothing of their text';
comment on column base.tombstones.name_hash is 'of an address or a key that the article was known by: one row each';
comment on column base.tombstones.article_id is 'hash of the canonical address';
comment on column base.tombstones.forgotten_at is 'when';
comment on column base.tombstones.reason is 'as the user gave it';
comment on column base.tombstones.seen_at is 'now of the runs that saw or downloaded it: what they counted adds up no more';
comment on column base.tombstones.cleared_at is 'when the last byte of it left the files of the data folder; null until then';

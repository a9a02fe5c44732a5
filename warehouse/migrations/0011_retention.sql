-- What stays of attempts and archive files when they are let go, so that every week still says what it said.
create table base.source_weeks (
    week DATE not null,
    source_id VARCHAR not null,
    checks BIGINT not null,
    good BIGINT not null,
    new_entries BIGINT not null,
    outcome VARCHAR not null,
    error VARCHAR not null,
    first_at TIMESTAMPTZ not null,
    checked_at TIMESTAMPTZ not null,
    good_at TIMESTAMPTZ,
    failing_since TIMESTAMPTZ,
    first_entries_at TIMESTAMPTZ,
    overlap DOUBLE,
    overlap_at TIMESTAMPTZ,
    gap_at TIMESTAMPTZ
);
comment on table base.source_weeks is 'attempts at a source in a week, summed up when they were let go; the same week may have more than one row';
comment on column base.source_weeks.week is 'its Monday, in the zone of that day';
comment on column base.source_weeks.source_id is 'of base.sources';
comment on column base.source_weeks.checks is 'attempts';
comment on column base.source_weeks.good is 'of them those that gave or confirmed a feed, also an empty one';
comment on column base.source_weeks.new_entries is 'entries never seen before, or never as they were then';
comment on column base.source_weeks.outcome is 'of the last of them, as in base.fetches';
comment on column base.source_weeks.error is 'of the last of them, one line, empty when none';
comment on column base.source_weeks.first_at is 'the first of them';
comment on column base.source_weeks.checked_at is 'the last of them';
comment on column base.source_weeks.good_at is 'the last good one; null when none was';
comment on column base.source_weeks.failing_since is 'the first after the last good one; null when none was';
comment on column base.source_weeks.first_entries_at is 'the first whose document had entries; null when none had';
comment on column base.source_weeks.overlap is 'share of known entries at overlap_at';
comment on column base.source_weeks.overlap_at is 'the last that had entries or found nothing changed; null when none did';
comment on column base.source_weeks.gap_at is 'the last whose entries were all unknown; null when there was none';

create table base.feed_places (
    source_id VARCHAR not null,
    fetched_at TIMESTAMPTZ not null,
    warc_file VARCHAR not null,
    warc_offset BIGINT not null
);
comment on table base.feed_places is 'where the archive still keeps feeds whose attempts were let go: an article that is forgotten leaves those, too';
comment on column base.feed_places.source_id is 'of base.sources';
comment on column base.feed_places.fetched_at is 'now of the run';
comment on column base.feed_places.warc_file is 'relative to data/archive';
comment on column base.feed_places.warc_offset is 'in it';

alter table base.archives add column let_go_at TIMESTAMPTZ;
comment on column base.archives.let_go_at is 'when the file was let go, and of its pages only their rows stay, with -1 for their place; null while it is kept';

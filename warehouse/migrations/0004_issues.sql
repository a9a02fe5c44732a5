create table base.issues (
    week VARCHAR not null,
    zone VARCHAR not null,
    starts_at TIMESTAMPTZ,
    ends_at TIMESTAMPTZ,
    frozen_at TIMESTAMPTZ,
    content VARCHAR not null,
    sha256 VARCHAR not null
);
comment on table base.issues is 'one week, frozen';
comment on column base.issues.week is 'ISO week: 2025-W18';
comment on column base.issues.zone is 'time zone of the week';
comment on column base.issues.starts_at is 'inclusive';
comment on column base.issues.ends_at is 'exclusive';
comment on column base.issues.frozen_at is 'now of the run that froze it';
comment on column base.issues.content is 'the composed issue as JSON: every rendering reads it';
comment on column base.issues.sha256 is 'of the content';

create table base.issue_entries (
    week VARCHAR not null,
    position INTEGER not null,
    section VARCHAR not null,
    level VARCHAR not null,
    status VARCHAR not null,
    story_id VARCHAR not null,
    headline VARCHAR not null,
    language VARCHAR not null,
    outlet VARCHAR not null,
    url VARCHAR not null,
    articles INTEGER not null,
    texts INTEGER not null
);
comment on table base.issue_entries is 'the lines of a frozen issue';
comment on column base.issue_entries.week is 'of base.issues';
comment on column base.issue_entries.position is 'order in the issue';
comment on column base.issue_entries.section is 'topic section';
comment on column base.issue_entries.level is 'full, short, line or omitted';
comment on column base.issue_entries.status is 'new, follow-up, grew or corrected';
comment on column base.issue_entries.story_id is 'of base.stories, as of freezing';
comment on column base.issue_entries.headline is 'as sent';
comment on column base.issue_entries.language is 'of the headline';
comment on column base.issue_entries.outlet is 'as sent';
comment on column base.issue_entries.url is 'as sent';
comment on column base.issue_entries.articles is 'in the story, copies included';
comment on column base.issue_entries.texts is 'separate texts';

create table base.renderings (
    week VARCHAR not null,
    language VARCHAR not null,
    subject VARCHAR not null,
    html VARCHAR not null,
    text VARCHAR not null,
    web VARCHAR not null,
    sha256 VARCHAR not null
);
comment on table base.renderings is 'the bytes that readers get';
comment on column base.renderings.week is 'of base.issues';
comment on column base.renderings.language is 'of the interface: en, vi or ja';
comment on column base.renderings.subject is 'of the mail';
comment on column base.renderings.html is 'of the mail';
comment on column base.renderings.text is 'of the mail';
comment on column base.renderings.web is 'browser edition';
comment on column base.renderings.sha256 is 'of all four';

create table base.deliveries (
    week VARCHAR not null,
    recipient VARCHAR not null,
    message_id VARCHAR not null,
    body_sha256 VARCHAR not null,
    status VARCHAR not null,
    attempts INTEGER not null,
    code INTEGER not null,
    reply VARCHAR not null,
    updated_at TIMESTAMPTZ
);
comment on table base.deliveries is 'one issue on its way to one reader';
comment on column base.deliveries.week is 'of base.issues';
comment on column base.deliveries.recipient is 'key of the reader: a hash of the address, which stays in the settings';
comment on column base.deliveries.message_id is 'deterministic';
comment on column base.deliveries.body_sha256 is 'of the message';
comment on column base.deliveries.status is 'pending, handing_over, sent, deferred, rejected, unknown or written';
comment on column base.deliveries.attempts is 'so far';
comment on column base.deliveries.code is 'SMTP reply code, 0 when none';
comment on column base.deliveries.reply is 'SMTP reply';
comment on column base.deliveries.updated_at is 'now of the run';

create table base.issue_log (
    week VARCHAR not null,
    number INTEGER not null,
    decision VARCHAR not null,
    story_id VARCHAR not null,
    headline VARCHAR not null,
    headline_language VARCHAR not null,
    words VARCHAR not null,
    language VARCHAR not null,
    note VARCHAR not null,
    made_by VARCHAR not null,
    made_at TIMESTAMPTZ,
    state VARCHAR not null,
    due_at TIMESTAMPTZ,
    when_due VARCHAR not null,
    sha256 VARCHAR not null,
    printed_in VARCHAR not null
);
comment on table base.issue_log is 'everything that was decided on an issue by hand or by its deadline; rows are only added, and printed_in is filled in later';
comment on column base.issue_log.week is 'ISO week: 2025-W18';
comment on column base.issue_log.number is 'order in the week, from 1';
comment on column base.issue_log.decision is 'wait (frozen, to be approved), hold, approve, deadline (sent since nobody decided), drop, pin or erratum';
comment on column base.issue_log.story_id is 'that it is about, empty for the issue';
comment on column base.issue_log.headline is 'of the story, as frozen';
comment on column base.issue_log.headline_language is 'BCP 47 tag';
comment on column base.issue_log.words is 'of an erratum, as printed';
comment on column base.issue_log.language is 'of the words';
comment on column base.issue_log.note is 'why, for whoever reads the log';
comment on column base.issue_log.made_by is 'account that gave the command, empty for the flow';
comment on column base.issue_log.made_at is 'instant of the decision';
comment on column base.issue_log.state is 'of the issue from then on: waiting, held or released';
comment on column base.issue_log.due_at is 'of wait: the deadline';
comment on column base.issue_log.when_due is 'of wait: send or hold, what happens at the deadline';
comment on column base.issue_log.sha256 is 'of the content after the decision, empty where none is frozen';
comment on column base.issue_log.printed_in is 'of an erratum: week of the issue that prints it, empty as long as none does';

create table base.issue_versions (
    week VARCHAR not null,
    number INTEGER not null,
    content VARCHAR not null,
    sha256 VARCHAR not null
);
comment on table base.issue_versions is 'what an issue was before it was edited; no reader got these';
comment on column base.issue_versions.week is 'of base.issues';
comment on column base.issue_versions.number is 'of the decision in base.issue_log that replaced it';
comment on column base.issue_versions.content is 'the composed issue as JSON';
comment on column base.issue_versions.sha256 is 'of the content';

alter table base.issue_log add primary key (week, number);
alter table base.issue_versions add primary key (week, number);

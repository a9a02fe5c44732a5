create table base.anchors (
    article_id VARCHAR not null,
    revision VARCHAR not null,
    position INTEGER not null,
    key VARCHAR not null,
    place INTEGER not null,
    start_char INTEGER not null,
    end_char INTEGER not null
);
comment on table base.anchors is 'names, figures and days at their first mention: a translation has the same at the same places';
comment on column base.anchors.article_id is 'hash of the canonical address; baseline:000 to baseline:004 for the baseline';
comment on column base.anchors.revision is 'hash of title and text';
comment on column base.anchors.position is 'order in the text, from 0';
comment on column base.anchors.key is 'kind and id or value: person:to-lam, place:osaka, figure:2.86e+10, day:04-27';
comment on column base.anchors.place is 'thousandths of the bytes of the text';
comment on column base.anchors.start_char is 'code points, half-open';
comment on column base.anchors.end_char is 'code points, half-open';

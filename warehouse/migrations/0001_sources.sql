-- The tables live in base; everybody reads the views in main.
create schema base;

create table base.runs (
    run_id VARCHAR not null,
    flow VARCHAR not null,
    now TIMESTAMPTZ not null,
    started_at TIMESTAMPTZ not null,
    finished_at TIMESTAMPTZ,
    state VARCHAR not null,
    counts MAP(VARCHAR, BIGINT) not null,
    error VARCHAR not null
);
comment on table base.runs is 'one run of a flow';
comment on column base.runs.run_id is 'opaque';
comment on column base.runs.flow is 'collect, digest or maintain';
comment on column base.runs.now is 'the one instant that stamps every row of the run';
comment on column base.runs.started_at is 'by the clock';
comment on column base.runs.finished_at is 'by the clock; null while running or when killed';
comment on column base.runs.state is 'running, completed or failed';
comment on column base.runs.counts is 'what each step took in and gave out';
comment on column base.runs.error is 'one line, empty when none';

create table base.outlets (
    outlet_id VARCHAR not null,
    name VARCHAR not null,
    hosts VARCHAR[] not null,
    side VARCHAR not null,
    country VARCHAR not null,
    family VARCHAR not null,
    ownership VARCHAR not null,
    owner VARCHAR not null,
    since VARCHAR not null,
    checked DATE not null,
    doubt VARCHAR not null,
    seen VARCHAR not null,
    note VARCHAR not null
);
comment on table base.outlets is 'publications and who owns them, as far as found out';
comment on column base.outlets.outlet_id is 'short name, for life';
comment on column base.outlets.name is 'as its readers know it';
comment on column base.outlets.hosts is 'where it publishes, without www.';
comment on column base.outlets.side is 'vietnam, japan or third; never its language';
comment on column base.outlets.country is 'ISO 3166 alpha-2';
comment on column base.outlets.family is 'outlets of one owner count as one origin';
comment on column base.outlets.ownership is 'kind of owner: party, state, ministry, army, police, public broadcaster, commercial, ...';
comment on column base.outlets.owner is 'who owns it';
comment on column base.outlets.since is 'when it came to that owner (year, month or day); empty when long so or not found';
comment on column base.outlets.checked is 'day on which this was looked up';
comment on column base.outlets.doubt is 'low (read), medium (partly read, or long settled) or high (from memory, or unsettled)';
comment on column base.outlets.seen is 'where it was read';
comment on column base.outlets.note is 'what else is known of it';

create table base.sources (
    source_id VARCHAR not null,
    outlet VARCHAR not null,
    family VARCHAR not null,
    kind VARCHAR not null,
    side VARCHAR not null,
    country VARCHAR not null,
    language VARCHAR not null,
    url VARCHAR not null,
    zone VARCHAR not null,
    rights VARCHAR not null,
    enabled BOOLEAN not null,
    major BOOLEAN not null,
    note VARCHAR not null,
    outlet_id VARCHAR not null,
    heading VARCHAR not null,
    reads VARCHAR not null,
    pattern VARCHAR not null,
    policy VARCHAR not null,
    cookies BOOLEAN not null,
    doubt VARCHAR not null
);
comment on table base.sources is 'an address that we watch';
comment on column base.sources.source_id is 'short name, for life';
comment on column base.sources.outlet is 'the publication, as its readers know it';
comment on column base.sources.family is 'publisher family: outlets of one owner count as one origin';
comment on column base.sources.kind is 'press, wire, readout (official texts), search or translation';
comment on column base.sources.side is 'country of the outlet: vietnam, japan or third; never its language';
comment on column base.sources.country is 'ISO 3166 alpha-2';
comment on column base.sources.language is 'BCP 47 primary tag';
comment on column base.sources.url is 'address of the feed or list page';
comment on column base.sources.zone is 'IANA time zone of dates that name none';
comment on column base.sources.rights is 'what of it may be mailed: sentence or title';
comment on column base.sources.enabled is 'whether it is asked';
comment on column base.sources.major is 'whether its failure earns a warning at the top of the issue';
comment on column base.sources.note is 'what is known of it';
comment on column base.sources.outlet_id is 'of base.outlets; empty where nothing is known of its owner';
comment on column base.sources.heading is 'heading under which a user sees it';
comment on column base.sources.reads is 'feed (RSS, Atom, JSON Feed or sitemap) or page (a list of articles)';
comment on column base.sources.pattern is 'of a page: regular expression for the absolute address of an article';
comment on column base.sources.policy is 'all: every page is downloaded; screened: those whose title or summary may matter';
comment on column base.sources.cookies is 'whether cookies are kept while it is asked';
comment on column base.sources.doubt is 'low, medium or high: that it answers as written here';

create table base.source_state (
    source_id VARCHAR not null,
    etag VARCHAR not null,
    last_modified VARCHAR not null,
    checked_at TIMESTAMPTZ,
    good_at TIMESTAMPTZ,
    first_good_at TIMESTAMPTZ,
    full_at TIMESTAMPTZ,
    new_item_at TIMESTAMPTZ,
    failures INTEGER not null,
    failing_since TIMESTAMPTZ,
    next_check_at TIMESTAMPTZ,
    state VARCHAR not null,
    error VARCHAR not null,
    url VARCHAR not null,
    body_hash VARCHAR not null,
    strain DOUBLE not null,
    rhythm_minutes DOUBLE not null,
    moved_to VARCHAR not null,
    moved_seen INTEGER not null,
    lied BOOLEAN not null
);
comment on table base.source_state is 'what is remembered of a source between two runs';
comment on column base.source_state.source_id is 'of base.sources';
comment on column base.source_state.etag is 'validator of the last good answer, verbatim';
comment on column base.source_state.last_modified is 'validator of the last good answer, verbatim';
comment on column base.source_state.checked_at is 'last attempt, good or bad';
comment on column base.source_state.good_at is 'last attempt that gave or confirmed a feed';
comment on column base.source_state.first_good_at is 'first attempt that gave a feed';
comment on column base.source_state.full_at is 'last unconditional answer';
comment on column base.source_state.new_item_at is 'last time that something new came';
comment on column base.source_state.failures is 'failed attempts in a row';
comment on column base.source_state.failing_since is 'first of them';
comment on column base.source_state.next_check_at is 'not asked before';
comment on column base.source_state.state is 'outcome of the last attempt, or never';
comment on column base.source_state.error is 'one line, empty when none';
comment on column base.source_state.url is 'address of the source that all this was learnt from';
comment on column base.source_state.body_hash is 'of the last feed that was read';
comment on column base.source_state.strain is 'failures in a row, each counted as 1, 1/2 or 1/4 by how much it says against the source';
comment on column base.source_state.rhythm_minutes is 'in which half of its entries are replaced when it is busy; 0 when unknown';
comment on column base.source_state.moved_to is 'where its permanent redirects lead; asked directly once moved_seen is 3';
comment on column base.source_state.moved_seen is 'good answers in a row that came from there';
comment on column base.source_state.lied is 'whether it said 304 while it had something new: then it is always asked in full';

create table base.source_health (
    source_id VARCHAR not null,
    state VARCHAR not null,
    outcome VARCHAR not null,
    error VARCHAR not null,
    failing_since TIMESTAMPTZ,
    checked_at TIMESTAMPTZ,
    good_at TIMESTAMPTZ,
    next_check_at TIMESTAMPTZ,
    new_item_at TIMESTAMPTZ,
    usual_gap_days INTEGER,
    overlap DOUBLE,
    gap_at TIMESTAMPTZ,
    checks BIGINT not null,
    new_items BIGINT not null
);
comment on table base.source_health is 'how every source does, as of the last collect';
comment on column base.source_health.source_id is 'of base.sources';
comment on column base.source_health.state is 'never (gave no feed here yet), ok, unchanged, empty, not_a_feed, blocked, gone, failing (any other failure), frozen (answers, but silent against its own rhythm) or gap (entries were probably missed)';
comment on column base.source_health.outcome is 'of the last attempt, as in base.fetches; never when there was none';
comment on column base.source_health.error is 'of the last attempt, one line, empty when none';
comment on column base.source_health.failing_since is 'first failed attempt since the last good one';
comment on column base.source_health.checked_at is 'last attempt, good or bad';
comment on column base.source_health.good_at is 'last attempt that gave or confirmed a feed, also an empty one';
comment on column base.source_health.next_check_at is 'not asked before';
comment on column base.source_health.new_item_at is 'when something new came last; of what the first document held, when it was published';
comment on column base.source_health.usual_gap_days is 'nine in ten gaps between days with something new are no longer; null until five such days are known';
comment on column base.source_health.overlap is 'share of known entries at the last check that had entries or found nothing changed; null when that was the first';
comment on column base.source_health.gap_at is 'last document, after the first, without a single known entry: some were probably missed';
comment on column base.source_health.checks is 'attempts ever';
comment on column base.source_health.new_items is 'entries ever, backlog left out';

create table base.source_events (
    source_id VARCHAR not null,
    kind VARCHAR not null,
    day DATE not null,
    told_at TIMESTAMPTZ not null
);
comment on table base.source_events is 'which Prefect events were sent about a source: each kind at most once a day';
comment on column base.source_events.source_id is 'of base.sources';
comment on column base.source_events.kind is 'failing or gap';
comment on column base.source_events.day is 'in the configured zone';
comment on column base.source_events.told_at is 'now of the run';

create table base.fetches (
    fetch_id VARCHAR not null,
    run_id VARCHAR not null,
    source_id VARCHAR not null,
    url VARCHAR not null,
    final_url VARCHAR not null,
    fetched_at TIMESTAMPTZ not null,
    outcome VARCHAR not null,
    status INTEGER not null,
    error VARCHAR not null,
    bytes BIGINT not null,
    elapsed_ms BIGINT not null,
    entries INTEGER not null,
    new_entries INTEGER not null,
    known_entries INTEGER not null,
    warc_file VARCHAR not null,
    warc_offset BIGINT not null,
    retry_after INTEGER not null
);
comment on table base.fetches is 'every attempt at a source';
comment on column base.fetches.fetch_id is 'hash of source and instant';
comment on column base.fetches.run_id is 'of base.runs';
comment on column base.fetches.source_id is 'of base.sources';
comment on column base.fetches.url is 'as asked';
comment on column base.fetches.final_url is 'after redirects';
comment on column base.fetches.fetched_at is 'now of the run';
comment on column base.fetches.outcome is 'ok, unchanged, empty, not_a_feed, blocked, gone, too_large, refused, timeout or failed';
comment on column base.fetches.status is 'HTTP status, 0 when none came';
comment on column base.fetches.error is 'one line, empty when none';
comment on column base.fetches.bytes is 'decoded length of the body';
comment on column base.fetches.elapsed_ms is 'time of the request';
comment on column base.fetches.entries is 'entries in the document';
comment on column base.fetches.new_entries is 'of them never seen before, or never as they are now';
comment on column base.fetches.known_entries is 'of them held before from this source, changed or not: their share proves that none was missed';
comment on column base.fetches.warc_file is 'where the body is kept, relative to data/archive';
comment on column base.fetches.warc_offset is '-1 when not kept';
comment on column base.fetches.retry_after is 'seconds for which the host of final_url wants to be left alone';

create table base.items (
    item_id VARCHAR not null,
    source_id VARCHAR not null,
    identity VARCHAR not null,
    entry_hash VARCHAR not null,
    article_id VARCHAR not null,
    url VARCHAR not null,
    canonical_url VARCHAR not null,
    title VARCHAR not null,
    summary VARCHAR not null,
    content VARCHAR not null,
    published TIMESTAMPTZ,
    published_quality VARCHAR not null,
    published_raw VARCHAR not null,
    language VARCHAR not null,
    first_seen TIMESTAMPTZ not null,
    backlog BOOLEAN not null,
    publisher VARCHAR not null,
    origin VARCHAR not null,
    title_key VARCHAR not null,
    hidden BOOLEAN not null,
    article_key VARCHAR not null
);
comment on table base.items is 'every sighting of an entry in a feed; an entry that changes is a second sighting';
comment on column base.items.item_id is 'hash of source, identity and entry_hash';
comment on column base.items.source_id is 'of base.sources';
comment on column base.items.identity is 'guid where it deserves it, else canonical address, else hash of title and date';
comment on column base.items.entry_hash is 'hash of title, summary and content';
comment on column base.items.article_id is 'hash of the canonical address, unless its article is held under another; of a link that hides it, the article found';
comment on column base.items.url is 'as the feed gives it, absolute; of a link that hides it, the address found';
comment on column base.items.canonical_url is 'identity of the address';
comment on column base.items.title is 'cleaned';
comment on column base.items.summary is 'cleaned';
comment on column base.items.content is 'full text, where the feed carries one';
comment on column base.items.published is 'as the feed says; null when it says nothing readable';
comment on column base.items.published_quality is 'explicit, assumed-zone, date-only or none';
comment on column base.items.published_raw is 'as written';
comment on column base.items.language is 'as the feed says, may be empty';
comment on column base.items.first_seen is 'now of the run that saw it first';
comment on column base.items.backlog is 'older by more than 7 days than the first good fetch of its source: stored, not news';
comment on column base.items.publisher is 'name of the outlet, where a search says it';
comment on column base.items.origin is 'whose article it is: of base.outlets, else the registrable part of its host';
comment on column base.items.title_key is 'hash of the site and the letters of the title; empty when too short to tell articles apart';
comment on column base.items.hidden is 'found behind a link that hides the address of the article';
comment on column base.items.article_key is 'host|id that the site itself put into the address, empty where it puts none';

create table base.pages (
    page_id VARCHAR not null,
    article_id VARCHAR not null,
    url VARCHAR not null,
    final_url VARCHAR not null,
    fetched_at TIMESTAMPTZ not null,
    outcome VARCHAR not null,
    status INTEGER not null,
    error VARCHAR not null,
    content_type VARCHAR not null,
    sha256 VARCHAR not null,
    bytes BIGINT not null,
    warc_file VARCHAR not null,
    warc_offset BIGINT not null,
    retry_after INTEGER not null
);
comment on table base.pages is 'every download of an address of an article';
comment on column base.pages.page_id is 'hash of article and instant';
comment on column base.pages.article_id is 'of base.articles';
comment on column base.pages.url is 'as asked';
comment on column base.pages.final_url is 'after redirects';
comment on column base.pages.fetched_at is 'now of the run';
comment on column base.pages.outcome is 'as in base.fetches';
comment on column base.pages.status is 'HTTP status, 0 when none came';
comment on column base.pages.error is 'one line, empty when none';
comment on column base.pages.content_type is 'as sent';
comment on column base.pages.sha256 is 'of the decoded body';
comment on column base.pages.bytes is 'decoded length of the body';
comment on column base.pages.warc_file is 'relative to data/archive';
comment on column base.pages.warc_offset is '-1 when not kept';
comment on column base.pages.retry_after is 'seconds for which the host of final_url wants to be left alone';

create table base.archives (
    file VARCHAR not null,
    bytes BIGINT not null
);
comment on table base.archives is 'how much of each WARC file is committed; what lies behind is cut off before the next record';
comment on column base.archives.file is 'relative to data/archive';
comment on column base.archives.bytes is 'committed length';

create table base.extractions (
    page_id VARCHAR not null,
    article_id VARCHAR not null,
    quality VARCHAR not null,
    reason VARCHAR not null,
    revision VARCHAR not null,
    rule_version VARCHAR not null
);
comment on table base.extractions is 'what extracting a page came to';
comment on column base.extractions.page_id is 'of base.pages';
comment on column base.extractions.article_id is 'of base.articles';
comment on column base.extractions.quality is 'full, short or none';
comment on column base.extractions.reason is 'why not full';
comment on column base.extractions.revision is 'the revision that it made or confirmed; empty when none';
comment on column base.extractions.rule_version is 'of the extraction rules';

create table base.articles (
    article_id VARCHAR not null,
    revision VARCHAR not null,
    revision_no INTEGER not null,
    is_current BOOLEAN not null,
    source_id VARCHAR not null,
    outlet VARCHAR not null,
    family VARCHAR not null,
    side VARCHAR not null,
    source_kind VARCHAR not null,
    url VARCHAR not null,
    canonical_url VARCHAR not null,
    language VARCHAR not null,
    title VARCHAR not null,
    text VARCHAR not null,
    text_kind VARCHAR not null,
    published TIMESTAMPTZ,
    published_quality VARCHAR not null,
    first_seen TIMESTAMPTZ not null,
    revised_at TIMESTAMPTZ,
    words INTEGER not null,
    backlog BOOLEAN not null,
    correction VARCHAR not null,
    rights VARCHAR not null,
    author VARCHAR not null
);
comment on table base.articles is 'every revision of every article';
comment on column base.articles.article_id is 'hash of the canonical address; baseline:000 to baseline:004 for the baseline';
comment on column base.articles.revision is 'hash of title and text';
comment on column base.articles.revision_no is '1 for the first';
comment on column base.articles.is_current is 'the newest revision of the article';
comment on column base.articles.source_id is 'of base.sources; baseline for the five of the baseline';
comment on column base.articles.outlet is 'the publication';
comment on column base.articles.family is 'publisher family';
comment on column base.articles.side is 'country of the outlet: vietnam, japan or third';
comment on column base.articles.source_kind is 'press, wire, readout, search or translation';
comment on column base.articles.url is 'after redirects';
comment on column base.articles.canonical_url is 'identity of the address that the page gives itself, else where it was found';
comment on column base.articles.language is 'BCP 47 primary tag, mul for mixed';
comment on column base.articles.title is 'cleaned; evidence counts in its code points';
comment on column base.articles.text is 'body, one paragraph a line; empty where only facts are held';
comment on column base.articles.text_kind is 'full (page), feed, summary, title or none';
comment on column base.articles.published is 'null when unknown';
comment on column base.articles.published_quality is 'explicit, assumed-zone, date-only or none';
comment on column base.articles.first_seen is 'of the article, not of the revision';
comment on column base.articles.revised_at is 'now of the run that made this revision';
comment on column base.articles.words is 'words; two characters count as one in scripts without spaces';
comment on column base.articles.backlog is 'stored, not news';
comment on column base.articles.correction is 'what was corrected against the revision before, empty when nothing that matters';
comment on column base.articles.rights is 'what may be mailed: sentence or title';
comment on column base.articles.author is 'as printed';

create table base.fingerprints (
    article_id VARCHAR not null,
    revision VARCHAR not null,
    body_hash VARCHAR not null,
    shingles INTEGER not null,
    rule_version VARCHAR not null,
    twin VARCHAR not null,
    folded_by VARCHAR not null
);
comment on table base.fingerprints is 'what is kept of a text to find its copies';
comment on column base.fingerprints.article_id is 'hash of the canonical address; baseline:000 to baseline:004 for the baseline';
comment on column base.fingerprints.revision is 'hash of title and text';
comment on column base.fingerprints.body_hash is 'of the folded text: equal means exact';
comment on column base.fingerprints.shingles is 'distinct shingles of the text';
comment on column base.fingerprints.rule_version is 'of the fingerprint rules';
comment on column base.fingerprints.twin is 'what machine translations of one article have in common in their addresses, else empty';
comment on column base.fingerprints.folded_by is 'the rules by which its copies were looked for last; empty when not yet, and for the baseline';

create table base.shingles (
    hash UBIGINT not null,
    article_id VARCHAR not null,
    revision VARCHAR not null
);
comment on table base.shingles is 'sampled shingle hashes of the current texts';
comment on column base.shingles.hash is '64 bit, divisible by the sample';
comment on column base.shingles.article_id is 'of base.articles';
comment on column base.shingles.revision is 'of base.articles';

create table base.duplicates (
    article_id VARCHAR not null,
    duplicate_of VARCHAR not null,
    kind VARCHAR not null,
    score DOUBLE not null,
    against VARCHAR not null,
    evidence VARCHAR not null,
    rule_version VARCHAR not null
);
comment on table base.duplicates is 'copies: folded under their root, never deleted';
comment on column base.duplicates.article_id is 'the copy';
comment on column base.duplicates.duplicate_of is 'root of the group: baseline first, else the earliest, else the smallest id';
comment on column base.duplicates.kind is 'exact, near or translation';
comment on column base.duplicates.score is 'containment or similarity, 0 to 1';
comment on column base.duplicates.against is 'the article it was compared with';
comment on column base.duplicates.evidence is 'one line for a person';
comment on column base.duplicates.rule_version is 'of the duplicate rules';

create or replace view main.about as
select
    $zone as zone,
    max(facts.as_of) as as_of,
    max(facts.schema) as schema,
    cast(max(facts.articles) as bigint) as articles,
    max(facts.judged_by) as judged_by,
    cast(max(facts.judged_otherwise) as bigint) as judged_otherwise
from (
    select max(runs.now) as as_of, null as schema, null as articles, null as judged_by, null as judged_otherwise
    from base.runs as runs
    union all
    select null, max(schema_migrations.number), null, null, null
    from main.schema_migrations as schema_migrations
    union all
    select null, null, sum(rules.articles), max(rules.rule_version), sum(rules.articles) - max_by(rules.articles, rules.rule_version)
    from (
        select judgements.rule_version, count(*) as articles
        from base.judgements as judgements
        join base.articles as articles using (article_id, revision)
        where articles.is_current and articles.source_id <> 'baseline'
        group by judgements.rule_version
    ) as rules
) as facts;
comment on view main.about is 'One row about this snapshot: in which zone its weeks and days are counted, as of when it is, and by which rules its articles are judged.';
comment on column main.about.zone is 'IANA zone of every week and local day in these views';
comment on column main.about.as_of is 'now of the newest run';
comment on column main.about.schema is 'number of the newest migration';
comment on column main.about.articles is 'articles judged, the baseline left out';
comment on column main.about.judged_by is 'newest judging rules in it';
comment on column main.about.judged_otherwise is 'articles that older rules judged; `vnjp reprocess` judges them again';

create table base.search_texts (
    article_id VARCHAR not null,
    revision VARCHAR not null,
    number UINTEGER not null,
    weight UINTEGER not null,
    rule_version VARCHAR not null,
    primary key (article_id)
);
comment on table base.search_texts is 'articles that can be searched for, by their current revision';
comment on column base.search_texts.article_id is 'of base.articles';
comment on column base.search_texts.revision is 'of base.articles';
comment on column base.search_texts.number is 'by which base.search_terms knows it; a later revision gets another';
comment on column base.search_texts.weight is 'sum of the weights of its terms: its length, to BM25';
comment on column base.search_texts.rule_version is 'of the rules that cut it into terms';

create table base.search_terms (
    term VARCHAR not null,
    number UINTEGER not null,
    weight USMALLINT not null
);
comment on table base.search_terms is 'which terms are in which articles; without a key, in the order of terms, batch by batch';
comment on column base.search_terms.term is 'a folded word; in scripts without spaces two neighbouring characters, or one Chinese character';
comment on column base.search_terms.number is 'of base.search_texts';
comment on column base.search_terms.weight is 'how often it stands there; in the title each counts four times';

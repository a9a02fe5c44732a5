create schema lexicon;
create table lexicon.made_by (sha256 varchar);
comment on table lexicon.made_by is 'Fingerprint of the views, the lexicon and the zone of weeks in this file: another one, and they are made again.';

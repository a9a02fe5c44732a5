-- What the public views and the lexicon were made of.
select sha256 from lexicon.made_by;

insert into lexicon.made_by values ($1);

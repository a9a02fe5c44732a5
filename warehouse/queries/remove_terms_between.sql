delete from base.search_terms where number between cast($since as uinteger) and cast($until as uinteger);

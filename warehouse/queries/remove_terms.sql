-- The terms of the numbers in `gone`.
delete from base.search_terms where number in (select number from gone);

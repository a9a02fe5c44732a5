-- How many articles can be searched, and the terms of $asked.
select (select count(*) from base.search_texts) as texts, list_distinct(main.terms(left($asked, 1000))) as terms;

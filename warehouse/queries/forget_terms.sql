delete from base.search_terms where number in (select number from base.search_texts where article_id = $id);

-- The articles in `wanted` get a new current revision: the ones before are kept, no longer current.
update base.articles set is_current = false where is_current and article_id in (select id from wanted);

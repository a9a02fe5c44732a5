-- Articles that were held for its copies, or for others' by comparing with it, are to be folded again.
update base.fingerprints set folded_by = ''
where article_id in (select article_id from base.duplicates where duplicate_of = $id or against = $id);

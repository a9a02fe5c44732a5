select article_id, min(forgotten_at) as forgotten_at from base.tombstones group by article_id order by article_id;

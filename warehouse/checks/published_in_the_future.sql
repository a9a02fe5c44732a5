-- Articles dated more than a day and a half after they were first seen.
select article_id, published, first_seen from base.articles where published > first_seen + interval 36 hour;

-- Sources that are not in `wanted` are watched no longer; they stay, for the articles that came from them.
update base.sources set enabled = false where enabled and source_id not in (select id from wanted);

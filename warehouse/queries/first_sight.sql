-- When the first news came: weeks before it are no weeks of ours.
select min(first_seen) as first_seen from base.articles where source_id <> 'baseline';

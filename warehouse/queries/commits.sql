select coalesce(max(counter), 0) from base.commits;

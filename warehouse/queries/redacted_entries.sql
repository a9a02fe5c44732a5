update base.issue_entries set headline = theirs.headline, url = theirs.url
from other.base.issue_entries as theirs
where issue_entries.week = theirs.week and issue_entries.position = theirs.position
    and issue_entries.story_id = theirs.story_id and issue_entries.headline <> theirs.headline;

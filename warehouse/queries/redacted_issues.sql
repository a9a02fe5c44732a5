-- Issues as they stand in the file beside, where they were redacted there.
update base.issues set content = theirs.content, sha256 = theirs.sha256
from other.base.issues as theirs
where issues.week = theirs.week and issues.sha256 <> theirs.sha256;

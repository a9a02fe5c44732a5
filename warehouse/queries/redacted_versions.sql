update base.issue_versions set content = theirs.content, sha256 = theirs.sha256
from other.base.issue_versions as theirs
where issue_versions.week = theirs.week and issue_versions.number = theirs.number
    and issue_versions.sha256 <> theirs.sha256;

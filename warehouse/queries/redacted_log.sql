update base.issue_log set headline = theirs.headline
from other.base.issue_log as theirs
where issue_log.week = theirs.week and issue_log.number = theirs.number and issue_log.headline <> theirs.headline;

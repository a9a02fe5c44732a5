update base.issue_entries set headline = $headline, url = $url where week = $week and position = $position;

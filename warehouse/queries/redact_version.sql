update base.issue_versions set content = $content, sha256 = $sha256 where week = $week and number = $number;

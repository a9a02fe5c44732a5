update base.issues set content = $content, sha256 = $sha256 where week = $week;

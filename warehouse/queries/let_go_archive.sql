-- A file that is let go holds nothing more: what is written under its name again begins it anew.
update base.archives set bytes = 0, let_go_at = $now where file = $file;

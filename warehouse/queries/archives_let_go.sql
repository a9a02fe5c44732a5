-- Archive files of which only the row stays.
select file from base.archives where let_go_at is not null order by file;

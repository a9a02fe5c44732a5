-- The bytes of a frozen issue, in every language.
select * from base.renderings where week = $week order by language;

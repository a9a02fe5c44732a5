-- The newest frozen issue in a language, else in any.
select * from base.renderings order by week desc, language <> $language, language limit 1;

-- What a user decided on the articles in `wanted`, oldest first.
select overrides.*
from main.overrides as overrides
where exists (select 1 from wanted where list_contains(overrides.subjects || overrides.others, wanted.id))
order by overrides.made_at, overrides.override_id;

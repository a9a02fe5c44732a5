-- Terms of the numbers $since to $until, in the order of terms.
select term, number, weight
from base.search_terms
where number between cast($since as uinteger) and cast($until as uinteger)
order by term, number;

-- Who met whom since 27 April 2025?
select day, name_a, name_b, sentence, outlet, texts
from who_met_whom('2025-04-27')
where named = 2
order by day, name_a, name_b, outlet;

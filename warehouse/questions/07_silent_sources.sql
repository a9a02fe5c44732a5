-- Which sources gave nothing relevant, and did they work?
select week, outlet, checks, good, worked, articles, relevant
from coverage_by_source
where relevant = 0
order by week, worked, outlet;

-- How much is told in which language, and by how many working sources?
select week, language, articles, texts, stories, outlets, round(100 * share) as percent, sources_working
from coverage_by_language
order by week, articles desc, language;

-- Which stories do outlets of one side alone tell, though the other side could have told them?
select week, side, languages, headline, articles, texts, others_working
from one_sided
where outlets >= 2 and others_working >= 3
order by week, side, headline;

-- Which sums of money do the articles on the metro loan name, and in which sentence?
select figures.as_of, figures.value, figures.currency, figures.written, figures.sentence, figures.outlet
from figures
join stories using (story_id)
where stories.headline ilike '%loan%metro%' and figures.currency is not null and figures.duplicate_kind is null
order by figures.currency, figures.value, figures.as_of, figures.outlet;

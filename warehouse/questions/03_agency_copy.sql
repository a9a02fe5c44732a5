-- How much of each side's coverage is the text of an agency or of another outlet?
select
    side,
    sum(articles) as articles,
    sum(articles) filter (where wire <> 'own') as not_its_own,
    sum(copies) as copies,
    round(100.0 * sum(articles) filter (where wire <> 'own') / sum(articles)) as percent
from wire_share
group by side
order by side;

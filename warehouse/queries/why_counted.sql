-- The amounts of one article, as written and normalised.
select amounts.value, amounts.unit, amounts.text, amounts.field, amounts.start_char, amounts.end_char
from main.amounts as amounts
where amounts.article_id = $article
order by amounts.field desc, amounts.start_char, amounts.text;

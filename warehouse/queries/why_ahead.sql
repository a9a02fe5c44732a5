-- What one article says will happen, and when.
select ahead.day, ahead.field, ahead.start_char, ahead.end_char, ahead.text
from main.dates_ahead as ahead
where ahead.article_id = $article
order by ahead.day, ahead.start_char;

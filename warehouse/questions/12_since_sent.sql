-- What has changed in a story since the issue told it?
select week, headline, articles, articles_now, texts, texts_now, headline_now, corrected_at
from issue_lines
where articles_now <> articles or story_now <> story_id or corrected_at is not null
order by week, position;

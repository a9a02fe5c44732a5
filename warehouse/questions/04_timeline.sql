-- What happened in development aid, in order?
select day, headline, event_type, articles, texts, in_baseline
from timeline('aid');

-- Current revisions that cannot be searched for yet, or by the terms of other rules; with the number that they had.
select articles.article_id, texts.number
from base.articles as articles
left join base.search_texts as texts using (article_id)
where
    articles.is_current
    and (texts.article_id is null or texts.revision <> articles.revision or texts.rule_version <> $rules)
order by articles.first_seen, articles.article_id
limit $most;

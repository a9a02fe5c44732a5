select 1 from base.articles where article_id = $id
union all
select 1 from base.items where article_id = $id
limit 1;

-- What is decided of the articles in `wanted`.
select duplicates.*
from base.duplicates as duplicates
join wanted on duplicates.article_id = wanted.id
order by duplicates.article_id;

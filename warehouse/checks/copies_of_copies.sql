-- Copies whose root is a copy itself.
select copies.article_id, copies.duplicate_of
from base.duplicates as copies
join base.duplicates as roots on roots.article_id = copies.duplicate_of;

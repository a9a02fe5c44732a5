-- Why does an article have the topic security?
select title, text, field, start_char, end_char, rule_version
from why_tagged
where kind = 'topic' and value = 'security' and outlet = 'Kanmon Times'
order by title, field desc, start_char;

create or replace macro main.who_met_whom(since) as table
    select met.* from main.who_met_whom as met where met.day >= cast(since as date) order by met.day, met.person_a, met.person_b, met.article_id;
comment on macro table main.who_met_whom is 'Who met whom since a day, by day.';

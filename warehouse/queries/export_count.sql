select count(*) as held from main.{table};

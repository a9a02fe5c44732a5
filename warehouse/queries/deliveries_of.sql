-- Where a frozen issue is on its way to each reader.
select * from base.deliveries where week = $week order by recipient;

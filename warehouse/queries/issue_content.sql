-- A week's issue, as it was frozen.
select content from base.issues where week = $week;

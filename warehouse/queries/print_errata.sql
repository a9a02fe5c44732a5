-- Say of the errata that the issue of a week prints that it did.
update base.issue_log set printed_in = $week where decision = 'erratum' and week < $week and printed_in = '';

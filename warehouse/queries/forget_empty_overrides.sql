-- What was decided about no article is no decision.
delete from base.overrides
where len(subjects) = 0 or (kind in ('merge', 'split') and len(others) = 0);

-- The newer word on each letter: one that left must not leave again.
merge into base.deliveries as held using (
    select theirs.* from other.base.deliveries as theirs
    left join base.deliveries as ours using (week, recipient)
    where ours.week is null or theirs.updated_at > ours.updated_at
) as newer using (week, recipient)
when matched then update set * when not matched then insert by name;

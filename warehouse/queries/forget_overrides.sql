update base.overrides set
    subjects = list_filter(subjects, lambda one: one <> $id),
    others = list_filter(others, lambda one: one <> $id)
where list_contains(subjects, $id) or list_contains(others, $id);

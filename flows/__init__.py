"""When, in what order, and how often again: plumbing only, and the only user of Prefect."""

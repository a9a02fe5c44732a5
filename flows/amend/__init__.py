"""What a user decides against the rules: kept as overrides, done at once, and never undone by the rules."""

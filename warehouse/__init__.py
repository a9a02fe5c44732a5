"""What we know: records, and the only code that speaks to DuckDB."""

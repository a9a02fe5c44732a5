"""What each step does: records in, records out. No Prefect, no database, no clock, no environment."""

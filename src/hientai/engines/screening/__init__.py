"""Standards judged for everybody at once, and what a change of rules or of records would do."""

"""People, their records and their positions over time."""

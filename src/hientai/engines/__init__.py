"""Pure engines: law, time and optimisation. No Django, no database, no clock, no network."""

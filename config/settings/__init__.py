"""Settings: base for all, then dev, test, prod."""

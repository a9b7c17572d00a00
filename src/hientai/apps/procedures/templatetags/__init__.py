"""Filters of the pages of procedures."""

"""Bulk reorganisation of units: old to new, previewed person by person, committed as one act."""

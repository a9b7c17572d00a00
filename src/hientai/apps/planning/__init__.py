"""Succession planning (quy hoạch): plans of a term, slots, coverage."""

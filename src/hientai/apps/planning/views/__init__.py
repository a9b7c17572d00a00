"""Screens of succession planning, one module for each subject."""

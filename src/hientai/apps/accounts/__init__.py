"""Accounts, roles and dated grants."""

"""Arithmetic of printed figures: what a draft's shares and totals are computed from, and whether they
hold."""

"""Lawful procedures: cases that follow a dated definition step by step, ballots on paper, minutes."""

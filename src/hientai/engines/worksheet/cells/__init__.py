"""Readers of single cells: a value in, a typed value or a reason why not out."""

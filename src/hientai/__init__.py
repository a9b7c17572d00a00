"""Hiền Tài: a system for public personnel work (công tác cán bộ)."""

__version__ = "0.1.0"

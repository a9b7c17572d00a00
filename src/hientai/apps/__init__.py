"""Capabilities, lowest first: an app may import only lower ones (see ARCHITECTURE.md)."""

"""Units, titles and seats over time."""

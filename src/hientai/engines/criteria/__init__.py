"""Standards as trees of cited criteria: judging, explaining, and what would change a verdict."""

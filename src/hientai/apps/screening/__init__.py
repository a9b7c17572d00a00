"""Standards asked of people: screen everybody, explain one."""

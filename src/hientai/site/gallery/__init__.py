"""A page that shows every component of the screens in every state."""

"""The composition root: addresses, navigation, home, and the command line."""

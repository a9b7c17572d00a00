"""Configuration of the Django project."""

"""Rules as data: one YAML file a document, its cases beside it, and a strict loader."""

from hientai.rulebook.book import Document, Rulebook
from hientai.rulebook.load import check_rulebook, load_rulebook

__all__ = ["Document", "Rulebook", "check_rulebook", "load_rulebook"]

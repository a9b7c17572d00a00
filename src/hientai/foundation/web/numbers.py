"""Numbers in addresses."""


def page_number(text: str | None) -> int:
    """The page asked for; 1 when it is missing or no number."""
    return int(text) if text and text.isdecimal() and len(text) < 7 else 1

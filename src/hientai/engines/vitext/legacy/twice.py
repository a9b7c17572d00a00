"""UTF-8 that was read as Windows-1252 or Latin-1, once or more times: "Nguyá»…n" for "Nguyễn"."""

from __future__ import annotations

import re

# A lead byte of UTF-8 and a continuation byte, both seen as Windows-1252 or Latin-1 letters.
_SEQUENCE = re.compile("[Â-ßà-ï][\u0080-¿€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ ]")
_MOST_ROUNDS = 3


def to_unicode(text: str) -> str | None:
    """What `text` was before it was decoded wrongly; None when it was not."""
    current: str | None = text
    result = None
    for _ in range(_MOST_ROUNDS):
        current = _once(current) if current is not None else None
        if current is None:
            break
        result = current
    return result


def _once(text: str) -> str | None:
    if not _SEQUENCE.search(text):
        return None
    # "à" is C3 A0, and A0 is a no-break space that tools turn into a space.
    for attempt in (text, re.sub("Ã(?: |$)", "Ã\u00a0", text), re.sub("(á[º»]) ", "\\1\u00a0", text)):
        raw = _bytes(attempt)
        if raw is not None:
            try:
                return raw.decode("utf-8")
            except UnicodeDecodeError:
                continue
    return None


def _bytes(text: str) -> bytes | None:
    raw = bytearray()
    for letter in text:
        try:
            raw += letter.encode("cp1252")
        except UnicodeEncodeError:
            if ord(letter) > 0xFF:
                return None
            raw.append(ord(letter))
    return bytes(raw)

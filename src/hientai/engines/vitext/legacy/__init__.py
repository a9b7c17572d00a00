"""Letters typed in TCVN3 or VNI fonts, or decoded twice: found conservatively, turned into Unicode.

Correct Unicode Vietnamese and plain ASCII are never touched. Work on the text as it was read: `tidy` strips
the soft hyphens that are TCVN3's ư. `clean` does both in the right order.
"""

from hientai.engines.vitext.legacy.detection import Cleaned, Encoding, clean, detect, detect_column, repair

__all__ = ["Cleaned", "Encoding", "clean", "detect", "detect_column", "repair"]

"""Portraits: what an uploaded picture is made into before it is kept. Used by the services only.

The picture is decoded and drawn anew, so that nothing of the file but the pixels is kept: no place, no device, no
comment, no second file hidden behind the first.
"""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from hientai.engines.wording import say
from hientai.foundation.errors import Refused

MOST_BYTES = 8 * 1024 * 1024
_MOST_PIXELS = 40_000_000
_FEWEST_PIXELS = 100  # a side
_SIZE = (600, 800)
_KINDS = ("JPEG", "PNG", "WEBP")
CONTENT_TYPE = "image/jpeg"


def made_plain(content: bytes) -> bytes:
    """The picture upright, at most 600 x 800, as JPEG without metadata.

    Raises Refused for a file that is too large, no picture of the kinds accepted, broken, tiny or of bomb size.
    """
    if len(content) > MOST_BYTES:
        raise Refused(
            "photo_too_large", say("Ảnh nặng quá {most} MB.", most=MOST_BYTES // 1024 // 1024), "photo"
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _drawn_anew(content)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError,
            Image.DecompressionBombWarning) as error:  # fmt: skip
        raise _no_picture() from error


def _drawn_anew(content: bytes) -> bytes:
    with Image.open(io.BytesIO(content), formats=_KINDS) as found:
        width, height = found.size
        if width * height > _MOST_PIXELS:
            raise Refused(
                "photo_too_large",
                say("Ảnh có quá nhiều điểm ảnh ({width} x {height}).", width=width, height=height),
                "photo",
            )
        if min(width, height) < _FEWEST_PIXELS:
            raise Refused(
                "photo_too_small",
                say("Ảnh quá nhỏ ({width} x {height} điểm ảnh).", width=width, height=height),
                "photo",
            )
        upright = ImageOps.exif_transpose(found).convert("RGB")
    upright.thumbnail(_SIZE)
    bare = Image.new("RGB", upright.size)
    bare.paste(upright)
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=85, optimize=True)
    return out.getvalue()


def _no_picture() -> Refused:
    return Refused(
        "no_photo", say("Tệp này không phải là ảnh đọc được. Hãy dùng ảnh JPG, PNG hoặc WebP."), "photo"
    )

"""Opens a zip container without trusting what it says about itself."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from hientai.engines.errors import BadInput
from hientai.engines.wording import say
from hientai.engines.worksheet.sheet import MEGABYTE, Limits

_CHUNK = 1 * MEGABYTE
_MOST_PARTS = 5_000
_HARMLESS = 16 * MEGABYTE
_LOCAL_HEADER = struct.Struct("<4s2B4HL2L2H")


def broken(where: str = "") -> BadInput:
    """The refusal of a damaged file."""
    return BadInput(
        "broken",
        say("Tệp bị hỏng, không đọc được. Hãy mở bằng Excel, lưu lại thành tệp mới rồi đưa lại."),
        where,
    )


def zip_bomb(where: str) -> BadInput:
    """The refusal of a file that unpacks to far more than its size."""
    return BadInput(
        "zip_bomb",
        say(
            "Tệp bung ra lớn bất thường so với kích thước của nó, có thể là tệp gây hại nên không được mở. "
            "Hãy chép phần danh sách cần nhập sang một sổ mới rồi đưa lại."
        ),
        where,
    )


class Container:
    """The parts of a zip file, each unpacked under the limits.

    Raises BadInput `broken`, `zip_bomb`, `password`.
    """

    def __init__(self, content: bytes, limits: Limits) -> None:
        self._content = content
        self._limits = limits
        self._spent = 0
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                entries = archive.infolist()
        except (
            zipfile.BadZipFile,
            ValueError,
            NotImplementedError,
            OSError,
            struct.error,
            IndexError,
        ) as fault:
            raise broken() from fault
        if len(entries) > _MOST_PARTS:
            raise zip_bomb("")
        self._entries = {entry.filename.replace("\\", "/").lstrip("/"): entry for entry in entries}
        if sum(entry.compress_size for entry in entries) > len(content):
            raise zip_bomb("")
        for name, entry in self._entries.items():
            self._check_ratio(name, entry.file_size, entry.compress_size)

    def _check_ratio(self, name: str, unpacked: int, packed: int) -> None:
        if unpacked > _HARMLESS and unpacked > self._limits.inflation * max(1, packed):
            raise zip_bomb(name)
        if unpacked > self._limits.inflated_bytes:
            raise zip_bomb(name)

    def names(self) -> list[str]:
        """The names of all parts, in the order of the container."""
        return list(self._entries)

    def holds(self, name: str) -> bool:
        """Whether there is a part of this name."""
        return name in self._entries

    def read(self, name: str, most: int = 64 * MEGABYTE) -> bytes:
        """The whole part, at most `most` bytes."""
        pieces: list[bytes] = []
        size = 0
        for piece in self.chunks(name):
            size += len(piece)
            if size > most:
                raise zip_bomb(name)
            pieces.append(piece)
        return b"".join(pieces)

    def chunks(self, name: str) -> Iterator[bytes]:
        """The part piece by piece, inflated here so that a lie about its size is found out."""
        entry = self._entries.get(name)
        if entry is None:
            raise broken(name)
        if entry.flag_bits & 1:
            raise BadInput("password", say("Tệp được đặt mật khẩu. Hãy bỏ mật khẩu, lưu rồi đưa lại."), name)
        packed = self._packed_bytes(entry)
        if entry.compress_type == zipfile.ZIP_STORED:
            yield from self._spend(name, packed)
        elif entry.compress_type == zipfile.ZIP_DEFLATED:
            yield from self._inflate(name, packed, entry.file_size)
        else:
            raise broken(name)

    def _packed_bytes(self, entry: zipfile.ZipInfo) -> bytes:
        start = entry.header_offset
        header = self._content[start : start + _LOCAL_HEADER.size]
        if len(header) < _LOCAL_HEADER.size or not header.startswith(b"PK\x03\x04"):
            raise broken(entry.filename)
        fields = _LOCAL_HEADER.unpack(header)
        begin = start + _LOCAL_HEADER.size + fields[-2] + fields[-1]
        return self._content[begin : begin + entry.compress_size]

    def _spend(self, name: str, piece: bytes) -> Iterator[bytes]:
        self._spent += len(piece)
        if self._spent > self._limits.inflated_bytes:
            raise zip_bomb(name)
        yield piece

    def _inflate(self, name: str, packed: bytes, declared: int) -> Iterator[bytes]:
        inflater = zlib.decompressobj(-15)
        size = 0
        rest = packed
        try:
            while not inflater.eof:
                piece = inflater.decompress(rest, _CHUNK)
                rest = inflater.unconsumed_tail
                if not piece and not rest:
                    break
                size += len(piece)
                self._check_ratio(name, size, len(packed))
                if size > declared:
                    raise zip_bomb(name)
                yield from self._spend(name, piece)
        except zlib.error as fault:
            raise broken(name) from fault
        if not inflater.eof or size != declared:
            raise broken(name)

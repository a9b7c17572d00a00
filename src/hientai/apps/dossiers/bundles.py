"""Checks a bundle that comes back: every file is what the manifest says, nothing was added, and we made it."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path

from hientai.apps.dossiers.documents import MANIFEST, seal_of
from hientai.engines.errors import BadInput
from hientai.engines.wording import say

LARGEST = 500 * 1024 * 1024


def faults_of(file: Path) -> list[str]:
    """What is wrong with a bundle, one sentence each. Raises BadInput where the file is no bundle at all."""
    try:
        with zipfile.ZipFile(file) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > LARGEST:
                raise BadInput("too_large", say("Tệp nén quá lớn."), file.name)
            manifest = json.loads(packed.read(MANIFEST))
            names = [entry.filename for entry in packed.infolist() if entry.filename != MANIFEST]
            found = {name: hashlib.sha256(packed.read(name)).hexdigest() for name in names}
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise BadInput(
            "no_bundle", say("Tệp này không phải tập hồ sơ do chương trình đóng."), file.name
        ) from error
    wrong = (
        []
        if manifest.get("seal") == seal_of(manifest)
        else ["Bảng kê đã bị thay đổi, hoặc do nơi khác đóng."]
    )
    wrong += [f"Tệp {name} có hai lần." for name in sorted({n for n in names if names.count(n) > 1})]
    said = {paper["file"]: paper["sha256"] for paper in manifest.get("papers", [])}
    wrong += [f"Thiếu tệp {name}." for name in sorted(said.keys() - found.keys())]
    wrong += [f"Tệp {name} không có trong bảng kê." for name in sorted(found.keys() - said.keys())]
    wrong += [
        f"Tệp {name} đã bị thay đổi."
        for name in sorted(said.keys() & found.keys())
        if said[name] != found[name]
    ]
    return wrong

"""What lies in a folder of rules: which files are documents, which hold other data, which have a wrong name."""

from __future__ import annotations

from pathlib import Path

from hientai.engines.errors import BadInput
from hientai.engines.wording import say
from hientai.rulebook.findings import Findings, Place

CASES = ".cases.yaml"
# Folders that hold other dated data. The first three are checked by loaders of their own, the others left aside.
CHECKED_APART = frozenset({"procedures", "dossiers", "quality"})
LEFT_ASIDE = frozenset({"retirement", "code_lists", "titles", "units", "register", "workforce"})
MOST_FILES = 2_000


def documents_in(folder: Path, findings: Findings) -> list[Path]:
    """The files of documents in order; files with an ending that nothing reads are noted.

    Raises BadInput `no_folder`, `not_a_folder`, `too_many_files` or `no_rules`.
    """
    named = folder.name or str(folder)
    if not folder.exists():
        raise BadInput(
            "no_folder", say("Không có thư mục “{folder}”; xem lại đường dẫn.", folder=named), str(folder)
        )
    if not folder.is_dir():
        raise BadInput(
            "not_a_folder",
            say("“{folder}” là một tệp; hãy chỉ thư mục chứa tệp đó.", folder=named),
            str(folder),
        )
    files = []
    for count, file in enumerate(folder.rglob("*"), 1):
        if count > MOST_FILES:
            raise BadInput(
                "too_many_files",
                say(
                    "Thư mục “{folder}” có hơn {most} tệp, không giống thư mục quy tắc; chỉ đúng thư mục.",
                    folder=named,
                    most=MOST_FILES,
                ),
                str(folder),
            )
        files.append(file)
    own = [
        file
        for file in sorted(files)
        if not (CHECKED_APART | LEFT_ASIDE) & {file.relative_to(folder).parts[0]}
    ]
    for file in own:
        if file.suffix.lower() in (".yml", ".yaml") and file.suffix != ".yaml":
            findings.add(
                "wrong_ending", Place(file.relative_to(folder).as_posix(), {}),
                say("Tệp này không được đọc; đổi đuôi tên thành .yaml."),
            )  # fmt: skip
    documents = [file for file in own if file.suffix == ".yaml" and not file.name.endswith(CASES)]
    elsewhere = any(
        (folder / name).is_dir() and any((folder / name).glob("*.yaml")) for name in CHECKED_APART
    )
    if not (documents or findings.found or elsewhere):
        raise BadInput(
            "no_rules",
            say("Thư mục “{folder}” không có tệp quy tắc (*.yaml) nào.", folder=named),
            str(folder),
        )
    return documents


def left_aside(folder: Path) -> tuple[tuple[str, int], ...]:
    """Folders of other data that a check of rules does not read, with the number of their files."""
    counted = [
        (name, sum(file.suffix == ".yaml" for file in (folder / name).rglob("*")))
        for name in sorted(LEFT_ASIDE)
        if (folder / name).is_dir()
    ]
    return tuple(one for one in counted if one[1])

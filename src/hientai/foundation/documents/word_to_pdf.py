"""Word to PDF where LibreOffice is present on the machine; elsewhere Word papers stay Word papers."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

SECONDS = 90


def word_to_pdf(content: bytes) -> bytes | None:
    """The PDF of a .docx; None where there is no LibreOffice or it could not do it."""
    office = shutil.which("soffice")
    if office is None:
        return None
    with tempfile.TemporaryDirectory(prefix="word-") as folder:
        source = Path(folder) / "paper.docx"
        source.write_bytes(content)
        command = [office, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--norestore"]
        command += ["--convert-to", "pdf", "--outdir", folder, str(source)]
        try:
            subprocess.run(command, capture_output=True, timeout=SECONDS, check=True)
            return source.with_suffix(".pdf").read_bytes()
        except (OSError, subprocess.SubprocessError):
            return None

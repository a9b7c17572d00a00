"""The API's contract is a file: whoever changes an answer sees it in the difference."""

from __future__ import annotations

import json
import os
from pathlib import Path

GOLDEN = Path(__file__).with_name("openapi.json")
HOW = (
    "The API says something else than tests/golden/api/openapi.json. If that is wanted, write it anew and read the "
    "difference before committing:\n    HIENTAI_UPDATE=1 python3 go.py test tests/golden/api"
)


def test_api_says_what_its_written_contract_says() -> None:
    from hientai.site.api import api

    schema = json.loads(json.dumps(api.get_openapi_schema(), default=str))
    if os.environ.get("HIENTAI_UPDATE") == "1":
        GOLDEN.write_text(
            json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8"
        )
    assert schema == json.loads(GOLDEN.read_text(encoding="utf-8")), HOW

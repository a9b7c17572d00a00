"""snapshot.md: the columns that reckoning reads, and which app copies them out of the records."""

from __future__ import annotations

from hientai.engines.facts.tables import TABLES, Table
from hientai.foundation import registry
from hientai.site.reference.markdown import code, table

HEAD = """# Tables of the columnar snapshot

One generation holds a Parquet file for each exported table, all read under one database snapshot
(`foundation/snapshot`). Facts are SQL over these tables (`engines/facts`). A table may have more columns than named
here; one that no app exports counts as having no rows, so that its facts answer as where nothing is recorded. The SQL
of each export stands in the `facts.py` of the app that registers it (see registry.md)."""
OTHERS = """## Further tables

Exported for scope, lists and names; no fact reads them."""


def snapshot_tables() -> str:
    """A section for each table that facts read, then the names of the others."""
    exported = registry.exports()
    read = {one.name for one in TABLES}
    others = "\n".join(f"- {code(name)}" for name in exported if name not in read)
    return "\n\n".join([HEAD, *(_section(one, one.name in exported) for one in TABLES), OTHERS, others])


def _section(one: Table, exported: bool) -> str:
    state = "" if exported else "**No app exports it yet.**\n\n"
    rows = ([code(name), kind.lower(), one.meaning.get(name, "")] for name, kind in one.columns.items())
    return f"## {one.name}\n\n{state}{table(['column', 'form', 'meaning'], rows)}"

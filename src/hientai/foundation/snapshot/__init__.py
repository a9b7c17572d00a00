"""The columnar copy of the records that everything reckons on.

One job copies the exported tables out of PostgreSQL into a *generation* of Parquet files; readers use the newest
complete generation and never see half a change. A generation knows the database snapshot it was read from, so
"has anything been written since?" is one look at the audit trail, right even when a slow transaction commits late.
"""

from hientai.foundation.snapshot.apart import apart
from hientai.foundation.snapshot.beside import beside
from hientai.foundation.snapshot.generation import Generation
from hientai.foundation.snapshot.people import by_name, people_ids, units_below, valid_on, with_age
from hientai.foundation.snapshot.taking import current, drifted, forget, one_copy, take

__all__ = [
    "Generation",
    "apart",
    "beside",
    "by_name",
    "current",
    "drifted",
    "forget",
    "one_copy",
    "people_ids",
    "take",
    "units_below",
    "valid_on",
    "with_age",
]

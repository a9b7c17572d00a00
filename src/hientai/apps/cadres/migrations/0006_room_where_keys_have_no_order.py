"""Boxes of hashed keys go into pages everywhere: when such an index is built, half of each page is left free.

Every new row is compared with a whole page, and a full page splits at its first new row. An index that exists already
takes this up when it is built anew (REINDEX, first load).
"""

from django.db import migrations

INDEXES = (
    "commendation_no_overlap",
    "discipline_no_overlap",
    "earlier_work_no_overlap",
    "qualification_no_overlap",
)


class Migration(migrations.Migration):
    dependencies = [("cadres", "0005_one_index_of_the_person")]

    operations = [
        migrations.RunSQL(
            f"ALTER INDEX {index} SET (fillfactor = 50)", f"ALTER INDEX {index} RESET (fillfactor)"
        )
        for index in INDEXES
    ]

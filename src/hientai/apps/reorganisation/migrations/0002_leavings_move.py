"""Who left by a scheme is kept by the workforce now; the rows go along with their entry times."""

from django.db import migrations, models

_COLUMNS = (
    "line, valid_from, valid_to, recorded_from, recorded_to, source, reason, person_id, scheme, months_early, unit_id,"
    " title_id"
)


class Migration(migrations.Migration):
    dependencies = [("reorganisation", "0001_drafts"), ("workforce", "0001_initial")]

    operations = [
        migrations.RunSQL(
            f"INSERT INTO workforce_leaving ({_COLUMNS}) SELECT {_COLUMNS} FROM reorganisation_leaving ORDER BY id;"
            " SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED",
            migrations.RunSQL.noop,
        ),
        migrations.DeleteModel("Leaving"),
        migrations.AlterField(
            model_name="choice",
            name="scheme",
            field=models.CharField(
                blank=True,
                choices=[
                    ("178/2024/NĐ-CP", "Nghị định 178/2024/NĐ-CP (sắp xếp tổ chức bộ máy)"),
                    ("154/2025/NĐ-CP", "Nghị định 154/2025/NĐ-CP (tinh giản biên chế)"),
                    ("29/2023/NĐ-CP", "Nghị định 29/2023/NĐ-CP (tinh giản biên chế, đến 15/06/2025)"),
                    ("other", "Chế độ khác"),
                ],
                default="",
                max_length=20,
            ),
        ),
    ]

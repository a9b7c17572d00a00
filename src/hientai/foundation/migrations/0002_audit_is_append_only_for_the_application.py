"""The application may add to the audit trail and read it, nothing else."""

from django.db import migrations

TABLES = ("foundation_auditevent", "foundation_auditseal", "foundation_auditmembership")


def _statement(act: str) -> str:
    return f"""
        DO $$ BEGIN
            IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'hientai_app') THEN
                {act}
            END IF;
        END $$;
    """


class Migration(migrations.Migration):
    dependencies = [("foundation", "0001_initial")]
    operations = [
        migrations.RunSQL(
            _statement(f"REVOKE UPDATE, DELETE, TRUNCATE ON {', '.join(TABLES)} FROM hientai_app;"),
            _statement(f"GRANT UPDATE, DELETE ON {', '.join(TABLES)} TO hientai_app;"),
        )
    ]

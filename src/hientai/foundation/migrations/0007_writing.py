"""What is written is noted by the database: which exported tables a copy of the records has to look through."""

import hientai.foundation.models
from django.db import migrations, models


FUNCTION = """
CREATE FUNCTION foundation_note_writing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO foundation_writing (relation) VALUES (TG_TABLE_NAME) ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('foundation', '0006_destruction_by_the_owner'),
    ]

    operations = [
        migrations.CreateModel(
            name='Writing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('relation', models.CharField(blank=True, max_length=63)),
                ('transaction', hientai.foundation.models.TransactionId(db_default=hientai.foundation.models.CurrentTransaction(), editable=False)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('transaction', 'relation'), name='one_note_of_a_transaction')],
            },
        ),
        migrations.RunSQL(FUNCTION, "DROP FUNCTION foundation_note_writing() CASCADE"),
    ]

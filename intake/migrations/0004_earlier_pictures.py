"""Pictures that came before they were read wait for it like any other."""

from django.db import migrations

WAIT = """
INSERT INTO intake_picturereading (attachment_id, state, tries, text, look, created_at)
SELECT id, 'waiting', 0, '', '', created_at FROM intake_attachment
WHERE id NOT IN (SELECT attachment_id FROM intake_picturereading)
"""


class Migration(migrations.Migration):
    dependencies = [("intake", "0003_picture_reading")]

    operations = [migrations.RunSQL(WAIT, migrations.RunSQL.noop)]

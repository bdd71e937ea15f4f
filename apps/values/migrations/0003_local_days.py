from django.db import migrations, models

import apps.core.days


def fill(apps_then, schema_editor):
    apps.core.days.fill_days(apps_then.get_model("values", "Placing").objects.all())


class Migration(migrations.Migration):
    dependencies = [("values", "0002_compass")]

    operations = [
        migrations.AddField(
            model_name="placing",
            name="day",
            field=apps.core.days.LocalDayField(default=0, editable=False, of="placed_at"),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="placing",
            index=models.Index(fields=["owner", "day", "card", "closeness"], name="placing_insights"),
        ),
    ]

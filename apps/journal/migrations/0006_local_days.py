from django.db import migrations, models

import apps.core.days


def fill(apps_then, schema_editor):
    apps.core.days.fill_days(apps_then.get_model("journal", "Reflection").objects.all())


class Migration(migrations.Migration):
    dependencies = [("journal", "0005_insights_index")]

    operations = [
        migrations.RemoveIndex(model_name="reflection", name="reflection_insights"),
        migrations.AddField(
            model_name="reflection",
            name="day",
            field=apps.core.days.LocalDayField(default=0, editable=False, of="created_at"),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="reflection",
            index=models.Index(
                fields=["author", "day", "completed_at", "strain_before", "strain_after", "id"],
                name="reflection_insights",
            ),
        ),
    ]

from django.conf import settings
from django.db import migrations, models

from apps.journal.came_up import fill_came_up


def fill(apps_then, schema_editor):
    fill_came_up(*(apps_then.get_model("journal", name).objects for name in ("Reflection", "ReflectionChallenge")))


class Migration(migrations.Migration):
    dependencies = [
        ("journal", "0007_insights_answers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(model_name="reflection", name="reflection_insights"),
        migrations.AddField(
            model_name="reflection",
            name="came_up",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="reflection",
            index=models.Index(
                fields=["author", "day", "completed_at", "strain_before", "strain_after", "came_up", "id"],
                name="reflection_insights",
            ),
        ),
    ]

import django.db.models.deletion
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
        migrations.AlterField(
            model_name='followup',
            name='plan',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='follow_ups', to='journal.plan'),
        ),
        migrations.AlterField(
            model_name='plan',
            name='reflection',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='plans', to='journal.reflection'),
        ),
        migrations.AlterField(
            model_name='reflectionvalue',
            name='reflection',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='values', to='journal.reflection'),
        ),
        migrations.AddIndex(
            model_name='followup',
            index=models.Index(fields=['plan', 'version', 'own_id', 'did', 'helped'], name='follow_up_insights'),
        ),
        migrations.AddIndex(
            model_name='plan',
            index=models.Index(fields=['reflection', 'version', 'own_id', 'id'], name='plan_insights'),
        ),
        migrations.AddIndex(
            model_name='reflectionvalue',
            index=models.Index(fields=['reflection', 'card', 'closeness', 'lived', 'stepped_on'], name='value_insights'),
        ),
    ]

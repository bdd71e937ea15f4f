import uuid

import django.db.models.deletion
from django.db import migrations, models


def keep_what_each_was_made_from(apps, schema_editor):
    """One source for each summary there is, which is of one reflection."""
    summaries = apps.get_model("supervision", "SharedSummary").objects
    sources = apps.get_model("supervision", "SummarySource").objects
    sources.bulk_create(
        sources.model(summary_id=pk, position=1, reflection=source, version=version, discussed_at=discussed_at)
        for pk, source, version, discussed_at in summaries.values_list("pk", "source", "source_version", "discussed_at")
    )


class Migration(migrations.Migration):
    dependencies = [
        ("supervision", "0002_summaries"),
    ]

    operations = [
        migrations.AddField(
            model_name="sharedsummary",
            name="kind",
            field=models.CharField(
                choices=[("reflection", "Summary"), ("period", "Summary of a period"), ("agenda", "Agenda")],
                default="reflection",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="sharedsummary",
            name="parts",
            field=models.CharField(blank=True, max_length=400),
        ),
        migrations.CreateModel(
            name="SummarySource",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("position", models.PositiveSmallIntegerField()),
                ("reflection", models.UUIDField(editable=False)),
                ("version", models.PositiveIntegerField(editable=False)),
                ("discussed_at", models.DateTimeField(null=True)),
                ("summary", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="sources", to="supervision.sharedsummary")),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("summary", "position"), name="source_has_its_position"),
                    models.UniqueConstraint(fields=("summary", "reflection"), name="source_is_in_a_summary_once"),
                    models.CheckConstraint(condition=models.Q(("position__gte", 1)), name="source_positions_begin_at_1"),
                ],
            },
        ),
        migrations.RunPython(keep_what_each_was_made_from, migrations.RunPython.noop),
    ]

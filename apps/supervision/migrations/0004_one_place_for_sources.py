from django.db import migrations


class Migration(migrations.Migration):
    """After the copy, in a transaction of its own: PostgreSQL changes no table that has checks to come."""

    dependencies = [
        ("supervision", "0003_periods_and_agendas"),
    ]

    operations = [
        migrations.RemoveField(model_name="sharedsummary", name="source"),
        migrations.RemoveField(model_name="sharedsummary", name="source_version"),
    ]

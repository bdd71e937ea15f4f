import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

PAGES = ("cards", "favourites", "own", "plans", "suggested")


class Migration(migrations.Migration):

    dependencies = [
        ("coping", "0003_own_strategies"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Favourite",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("owner", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("strategy", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="coping.strategy")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("owner", "strategy"), name="favourite_is_marked_once"),
                ],
            },
        ),
        migrations.RemoveConstraint(model_name="strategy", name="strategy_slug_leaves_plans_free"),
        migrations.RemoveConstraint(model_name="strategy", name="strategy_slug_leaves_own_free"),
        migrations.AddConstraint(
            model_name="strategy",
            constraint=models.CheckConstraint(
                condition=models.Q(("slug__in", PAGES), _negated=True),
                name="strategy_slug_leaves_pages_free",
            ),
        ),
    ]

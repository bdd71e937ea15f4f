"""The editors of the library: the group whose members write, review and retire strategies."""

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType

from apps.coping.models import Strategy, StrategyVersion, SuggestedStrategy

EDITORS = "Editors"
MAY = ("view", "add", "change")  # never delete: what is wrong is retired


def editors() -> Group:
    """The group, made if it is not there yet; its permissions are put right."""
    group, _ = Group.objects.get_or_create(name=EDITORS)
    kinds = ContentType.objects.get_for_models(Strategy, StrategyVersion, SuggestedStrategy)
    names = [f"{act}_{kind.model}" for kind in kinds.values() for act in MAY]
    group.permissions.set(Permission.objects.filter(content_type__in=kinds.values(), codename__in=names))
    return group

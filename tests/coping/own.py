"""What people write about strategies of their own, and how a page sends it."""

import uuid

from apps.coping import actions_own as actions

LARK = {
    "name": "Skylark walk",
    "what_to_do": "Leave by the back door\nWalk round the skylark field once",
    "minutes": 10,
    "categories": "C3 C4",
    "family": "recover",
}


def write(person, **others):
    """A strategy that this person wrote."""
    return actions.write_own(by=person, page_key=uuid.uuid4(), says=LARK | others)


def sent(strategy=LARK, **others):
    """The same as a browser would send it."""
    return strategy | {"categories": strategy["categories"].split()} | others

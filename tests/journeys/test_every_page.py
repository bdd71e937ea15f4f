"""The pages that no other journey passes, each looked at as all are."""

from tests.journeys.person import NOT_THERE

OPEN_TO_ALL = {
    "/about/": "About Keel",
    "/privacy/": "Privacy",
    "/accessibility/": "Accessibility statement",
    "/support/": "Need support now",
    "/accounts/signup/": "Create an account",
}
HERS = {
    "/coping/": "Coping strategies",
    "/coping/reset-minute/": "Reset minute",
    "/coping/cards/?family=recover": "Cards to print",
    "/coping/plans/": "Your coping plans",
    "/coping/plans/reminders/": "Reminders",
    "/insights/": "Your insights",
    "/insights/?range=all": "Your insights",
    "/insights/evidence/": "Evidence page",
    "/values/{card}/": "One of your values",
    "/coping/own/": "Your own strategies",
    "/coping/own/add/": "Write a strategy of your own",
    "/reports/": "Your reports",
    "/reports/new/": "Make a report",
    "/reports/new/?reflection={reflection}": "Make a report",
    "/journal/paper/": "The three phases on paper",
    "/journal/paper/?size=large": "The three phases on paper",
    "/reports/cpd/": "Your CPD record",
    "/reports/cpd/new/": "Write a CPD statement",
    "/journal/{reflection}/delete/": "Delete this reflection?",
    "/account/": "Your account",
    "/account/name/": "Change your name",
    "/accounts/email/": "Your email address",
    "/accounts/password/change/": "Change your password",
}


def test_a_visitor_reads_every_open_page_and_finds_nothing_amiss(enters):
    visitor = enters()
    for address, heading in OPEN_TO_ALL.items():
        visitor.opens(address, heading)


def test_amina_opens_her_other_pages_and_finds_nothing_amiss(amina, world):
    reflection = world["reflection"]
    here = {"reflection": reflection.pk, "card": reflection.values.get().card_id}
    for address, heading in HERS.items():
        amina.opens(address.format(**here), heading)


def test_amina_follows_a_wrong_address_and_is_told_in_keels_own_page(amina, world):
    amina.expects(NOT_THERE)
    amina.opens(f"/journal/{world['bens_reflection'].pk}/", "Page not found")
    amina.does_not_read("badger")


def test_amina_searches_and_narrows_her_reflections_and_finds_the_one(amina):
    amina.opens("/journal/", "Your reflections")
    amina.writes("Search your own words", "HERON")
    amina.presses("Search")
    amina.reads("Reflections with")
    amina.sees("Your reflections")
    amina.does_not_read("otter")
    assert "HERON" not in amina.page.url

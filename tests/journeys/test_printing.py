"""What comes out when a page is printed from the browser: what is read, whole, and none of the ways on."""

import pytest
from django.conf import settings
from django.utils import timezone

from apps.journal.demo import write_moments
from apps.journal.paper import phases_on_paper
from apps.reports.models import Report
from tests.coping import own
from tests.factories import make_link, make_summary
from tests.journeys.on_paper import printed
from tests.journeys.stage import IN_BRITAIN, sign_in
from tests.reports import cpd
from tests.values.pages import choose, place

OWN = "Amina's planted words: heron"
PRIVATE = {  # Amina's pages with her own words or values, each with some of what it says
    "/journal/{reflection}/": [OWN, "Anybody would, with this diary", "stand up and look out of the window"],
    "/journal/{reflection}/close/": ["Your reflection is complete", "stand up and look out of the window"],
    "/journal/{draft}/": ["Check your reflection", "Amina's planted words: otter"],
    "/journal/": [OWN, "Completed"],
    "/coping/plans/": ["stand up and look out of the window"],
    "/coping/plans/{plan}/": ["my last call before lunch ends"],
    "/values/": ["How it moved", "Compassion"],
    "/values/{card}/": ["How it moved", "Compassion"],
    "/insights/?range=all": ["Strain before and after", "Planned, done and found helpful"],
    "/sharing/{summary}/": ["What they can read", "kingfisher"],
    "/sharing/{plover}/preview/": ["This is exactly what Sam will see", "plover", "What you agree to"],
    "/sharing/supervisors/": ["Sam", "Your supervisor"],
    "/account/": ["Amina", "amina@example.nhs.uk", "Sharing and supervision so far"],
    "/reports/new/?reflection={reflection}": ["What will be in it", "How do you see it now?"],
    "/reports/new/portfolio/": ["What will be in it", "Reflection of"],
    "/reports/{report}/": ["Your report is ready"],
    "/reports/": ["Reflection of"],
    "/reports/cpd/": ["A day about pacing: wagtail", "Linked to CBT"],
    "/reports/cpd/{statement}/": ["Small steps hold: dipper", "Try it with the sleep diary"],
    "/sharing/": ["Sam"],
    "/coping/own/": ["Skylark walk"],
    "/coping/own/{own}/": ["Leave by the back door", "Walk round the skylark field once"],
}
PLAIN = {  # pages that hold none
    "/insights/evidence/": ["Week by week"],
    "/": ["Home"],
    "/coping/": ["Reset minute"],
    "/coping/reset-minute/": ["What it rests on", "We read the abstract."],
    "/coping/cards/?family=recover": ["A real break", "Move"],
    "/support/": ["Call 116 123", "I am having a hard time"],
    "/about/": ["https://doi.org/10.1017/S1352465823000334", "What we do not claim"],
    "/privacy/": ["https://ico.org.uk/make-a-complaint/"],
    "/accessibility/": ["screen reader"],
}
ONCE_PRESSED = {"/reports/new/portfolio/": "Continue"}  # pages that no address leads to, and the button that does
NEVER = (
    "Sign out",
    "amina@example.nhs.uk",
    "Skip to main content",
    "Your coping plansYour insights",
    "Where next?",
    "Done, go to Home",
    "Finish later",
    "Change something first",
    "End supervision",
    "Delete your account",
)


@pytest.fixture
def prints(chromium, live_server):
    """Lets somebody print pages, signed in; other journeys look at them on the screen."""
    contexts = []

    def signed_in(person):
        contexts.append(chromium.new_context(base_url=live_server.url, **IN_BRITAIN))
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": sign_in(person), "url": live_server.url}
        contexts[-1].add_cookies([cookie])
        page = contexts[-1].new_page()
        return lambda address, **said: printed(page, address, **said)

    yield signed_in
    for context in contexts:
        context.close()


@pytest.fixture
def written(world):
    """Three months of Amina's, so that tables go over pages; two summaries for Sam, and a report."""
    write_moments(author=world["amina"], now=timezone.now())
    for card in choose(world["amina"], "V04", "V01", "V07"):
        place(world["amina"], card, 3, 5, 6, 7, 5, 8)
    link = make_link(world["amina"], world["sam"])
    for word, may_print in (("kingfisher", True), ("dunlin", False)):
        world[word] = make_summary(link, ask=word, may_print=may_print)
    world["plover"] = make_summary(link, ask="plover", shared=False)
    report = Report.objects.create(author=world["amina"], reflection=world["reflection"], version=3)
    Report.objects.claim(report.pk, now=timezone.now()).complete(b"%PDF-1.7", pages=1, version=3)
    world["report"] = report
    world["statement"] = cpd.write(world["amina"], done_on=timezone.localdate())
    world["own"] = own.write(world["amina"])
    return world


def test_amina_prints_each_page_she_reads_and_finds_it_whole_and_without_ways_on(prints, written):
    reflection = written["reflection"]
    here = {
        "reflection": reflection.pk,
        "draft": written["draft"].pk,
        "plover": written["plover"].pk,
        "plan": reflection.plans.get().pk,
        "card": reflection.values.get().card_id,
        "summary": written["kingfisher"].pk,
        "report": written["report"].pk,
        "statement": written["statement"].pk,
        "own": written["own"].pk,
    }
    her, wrong, turned = prints(written["amina"]), [], 0
    for address, words in (PRIVATE | PLAIN).items():
        paper = her(address.format(**here), after_pressing=ONCE_PRESSED.get(address, ""))
        wrong += [f"{address}: {sentence}" for sentence in paper.wrong()]
        wrong += [f"{address}: “{text}” is not there" for text in words if not paper.says(text)]
        wrong += [f"{address}: “{text}” is there" for text in NEVER if paper.says(text) and text not in words]
        wrong += [f"{address}: private or not?"] if paper.says("Private") != (address in PRIVATE) else []
        turned += sum(not paper.on_one_page(*table["rows"]) for table in paper.facts["tables"])
    assert not wrong, "\n".join(wrong)
    assert turned  # a table went over a page, so that its head had to be there twice


def test_sam_prints_the_words_of_a_summary_only_where_its_author_allows_it(prints, written):
    his = prints(written["sam"])
    may, may_not = (his(f"/supervision/{written[word].pk}/") for word in ("kingfisher", "dunlin"))
    assert may.says("kingfisher")
    assert not may_not.says("dunlin")
    assert may_not.says("a print of this page leaves the words out")
    shared = his("/supervision/")
    assert shared.says("Amina")
    assert [*may.wrong(), *may_not.wrong(), *shared.wrong()] == []


@pytest.mark.parametrize(("size", "pages"), [("", [2]), ("?size=large", range(4, 7))], ids=["usual", "large"])
def test_three_phases_are_printed_as_a_blank_that_holds_nothing_of_anybodys(prints, written, size, pages):
    paper = prints(written["amina"])(f"/journal/paper/{size}")
    assert len(paper.pages) in pages
    blanks = [blank for phase in phases_on_paper() for row in phase.rows for blank in row]
    asked = [text for blank in blanks for text in (blank.label, blank.hint, *blank.boxes)]
    assert [text for text in asked if not paper.says(text)] == []
    assert paper.says("Call 999")
    assert [text for text in ("Amina", "heron", "Private", *NEVER) if paper.says(text)] == []
    assert [*paper.wrong()] == []

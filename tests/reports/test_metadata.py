"""What a PDF tells about itself to whoever never opens it: which kind of report it is, and nobody's name or words.

Mail programs, search engines and the windows of viewers show it.
"""

from xml.etree import ElementTree

import pytest
from django.urls import reverse
from django.utils import timezone

from apps.journal.models import Plan, ReflectionValue
from apps.journal.timeline import TEXTS
from apps.reports import parts
from apps.reports.cpd.statement import WORDS
from apps.reports.models import Report
from apps.values.models import ValueCard
from tests import factories
from tests.reports import cpd, inside
from tests.reports.making import made
from tests.reports.pages import COUNTS, PHASES, checked, page_of, this_month

PLANTED = "whimbrel"  # in the names and in every text of these people
ADDRESSES = "example.nhs.uk"
TITLES = {
    "reflection": "Reflection report",
    "summary": "Summary for supervision",
    "cpd": "CPD reflective statement",
    "period": "Period summary",
    "evidence": "Evidence page",
    "supervision": "Supervision pack",
    "portfolio": "Portfolio",
    "portfolio in parts": "Portfolio",
    "record": f"CPD record of {cpd.SAYS['done_on'].year}",
}
INFORMATION = {"/Title", "/Producer"}
XMP = {"xmpmeta", "RDF", "Description", "about", "part", "Producer", "title", "Alt", "li", "lang"}


@pytest.fixture
def planted(world, sent):
    """Amina and Sam, who supervises her: both names and all that she wrote hold one word."""
    amina, sam, reflection = world["amina"], world["sam"], world["reflection"]
    for person in (amina, sam):
        person.rename(f"{person.name} {PLANTED}")
    for name in TEXTS:
        setattr(reflection, name, f"{PLANTED} {name}")
    reflection.save()
    card = ValueCard.objects.own_card(amina, f"Room for a {PLANTED}")
    ReflectionValue.objects.create(reflection=reflection, card=card, lived=True, closeness=3)
    Plan.objects.create(reflection=reflection, number=2, when=f"a {PLANTED} calls", will=f"look for the {PLANTED}")
    written = {name: PLANTED for name, text in cpd.SAYS.items() if isinstance(text, str)}
    world["statement"] = cpd.write(amina, **written)
    world["summary"] = factories.make_summary(factories.make_link(amina, sam), ask=PLANTED, may_print=True)
    return world


def sent_by(browser, address, **said):
    """The report that a page's button asks for."""
    assert browser.post(address, said).status_code == 302
    return Report.objects.get()


def asked_for(kind, world, amina, sam):
    """A report of this kind, of all that it may hold of Amina's, asked for as its page does."""
    match kind:
        case "reflection":
            one = world["reflection"]
            said = {"reflection": one.pk, "parts": "yes", "phases": PHASES, "seen": one.version}
            return sent_by(amina, reverse("reports:report_new"), **said)
        case "summary":
            return sent_by(sam, reverse("reports:copy_make", args=[world["summary"].pk]))
        case "cpd":
            return sent_by(amina, cpd.address("detail", world["statement"]), version=1, sections=list(WORDS))
        case "period":
            return checked(amina, this_month(), sections=COUNTS, reflections=[world["reflection"].pk])
        case "evidence":
            return checked(amina, page_of("evidence"), weeks=12, sections=["kinds", "weeks"])
        case "supervision":
            return checked(amina, page_of("supervision"), summaries=[world["summary"].pk])
        case "record":
            said = {"year": cpd.SAYS["done_on"].year, "register": "babcp", "sections": list(WORDS)}
            return checked(amina, page_of("record"), **said)
    return checked(amina, page_of("portfolio"), time="all", sections=[*PHASES, "counts"])


@pytest.fixture(params=TITLES)
def kind(request, monkeypatch):
    """Each kind; a portfolio is also drawn in parts, which are joined by another program."""
    if request.param == "portfolio in parts":
        monkeypatch.setattr(parts, "LETTERS_OF_A_PART", 1)
    return request.param


@pytest.fixture
def pdf(kind, planted, amina, sam):
    """The file itself, made by a worker of what people wrote, as it is downloaded."""
    factories.make_reflection(planted["amina"], created_at=timezone.now())  # two, for parts to be of
    return made(asked_for(kind, planted, amina, sam)).pdf


def told(pdf):
    """All that its two places say about it: its document information, name by name, and its packet of XMP."""
    with inside.opened(pdf) as file:
        assert [one for one in file.objects if "/Metadata" in names_in(one)] == [file.Root]
        return {name: str(value) for name, value in file.trailer.Info.items()}, file.Root.Metadata.read_bytes().decode()


def names_in(part):
    return part.keys() if isinstance(part, inside.pikepdf.Dictionary | inside.pikepdf.Stream) else ()


def names_of(packet):
    """The name of each element and of each attribute of it."""
    elements = list(ElementTree.fromstring(packet).iter())
    return {inside.local(name) for one in elements for name in (one.tag, *one.attrib)}


def test_pdf_of_each_kind_tells_which_kind_it_is_and_nobodys_name_or_words(pdf, kind):
    information, packet = told(pdf)
    assert information["/Title"] == TITLES[kind]
    assert set(information) - INFORMATION == set()
    assert names_of(packet) - XMP == set()
    everything = " ".join([*information.values(), packet]).casefold()
    assert not [text for text in (PLANTED, ADDRESSES) if text in everything]
    assert (PLANTED in inside.words(pdf)) == (kind != "evidence")  # it was there to be told; counts alone hold none


def test_every_kind_of_report_is_looked_at():
    assert set(Report.Kind) <= set(TITLES)

"""How the content may speak: plain, calm, British, and never beyond its evidence."""

import re

from apps.coping.families import FAMILIES
from apps.coping.library import STRENGTHS, read_strategies
from apps.core.challenges import CATEGORIES
from apps.core.sources import SOURCES
from apps.home.wording import pieces
from apps.journal.questions import read_questions
from apps.values.appraisals import APPRAISALS
from apps.values.cards import read_values


def advice():
    """Every sentence that speaks to the reader, by where it stands."""
    for strategy in read_strategies():
        content = strategy.content
        for number, step in enumerate(content.steps, 1):
            yield f"{strategy.code} step {number}", step
        yield from ((f"{strategy.code} {part}", getattr(content, part)) for part in ("name", "summary", "caution"))
    for appraisal in APPRAISALS.values():
        yield f"{appraisal.id} prompt", appraisal.wording
        yield from ((f"{appraisal.id} {part}", getattr(appraisal, part)) for part in ("label", "watch_out"))
    for thing in (*read_values(), *CATEGORIES.values(), *FAMILIES.values()):
        yield f"{thing.name} name", thing.name
        yield f"{thing.name} summary", thing.summary
    for category in CATEGORIES.values():
        yield from ((example.key, example.text) for example in category.examples)


def evidence():
    """Every sentence that says what something rests on."""
    yield from ((f"{strategy.code} {said['key']}", said["says"]) for strategy, said in citations())
    yield from ((strength.id, strength.meaning) for strength in STRENGTHS.values())
    for source in SOURCES.values():
        yield f"{source.key} cite", source.cite
        yield f"{source.key} reading", source.reading
    yield from ((question.label, question.why) for question in read_questions())


def citations():
    """Every citation, with its strategy."""
    return [(strategy, said) for strategy in read_strategies() for said in strategy.content.sources]


ADVICE, EVIDENCE = list(advice()), list(evidence())
PAGES = [(p.place, text) for p in pieces() if p.place.startswith(("templates/", "labels ")) for text in p.sentences]
LONGEST_SENTENCE = 22  # words

CHEERING = re.compile(
    r"resilien|stay positive|positive thinking|well done|great job|good job|you.ve got this|you can do it|amazing"
    r"|awesome|superhero|hero\b|thrive|toughen|tough it out|bounce back|grit\b|silver lining|everything happens"
    r"|best self|wellness|mindset|simply|just remember|!",
    re.IGNORECASE,
)
CLAIMING = re.compile(
    r"(stud(y|ies)|research|paper|evidence|science|trials?) (has |have )?(found|finds?|shows?|showed|proves?|proved)"
    r"|proven|evidence-based|clinically|is effective|works best|prevents?\b|cures?\b|burnout"
    r"|will (help|reduce|lower|make)"
    r"|\d ?%|per cent\b",
    re.IGNORECASE,
)
RESEARCH = re.compile(
    r"\b(stud(y|ies)|research\w*|surveys?|trials?|reviews? of|scien\w+|evidence (that|for|shows?))\b"
    r"|the (paper’s|paper (says|found|shows)|authors|model)|resilien|Vivolo|burnout",
    re.IGNORECASE,
)
OVERSTATING = re.compile(r"\b(proves?|proved|proven|prevents?|cures?|causes? burnout|guarantee\w*)\b", re.IGNORECASE)
AMERICAN = re.compile(
    r"\b(organiz|recogniz|behavior|program\b|center\b|color\b|judgment|practicing|counsel(or|ing)\b)", re.IGNORECASE
)
TYPED = re.compile(r"""["'`]|--| - |\s{2}|\.\.\.|\be\.g\.|\bi\.e\.|\betc\b""")  # not as printed


# All that pages say of research, checked against domain.md (1.1, 1.2 and 6.3): only the phases and their order are the
# model's. A sentence that is not here names its source as sources.toml does, or is not said.
OF_THE_MODEL = {
    "Ten PWPs in one NHS trust told researchers how they had built resilience.",
    "From what they said, the researchers made a model of three phases.",
    "They come from published research with practitioners.",
    "Only the three phases and their order are the paper’s.",
    "The authors had no part in Keel.",
}
OF_WHAT_WE_DO_NOT_KNOW = {
    "Where we have only a reason and no study, it says that.",
    "Keel itself has not been tested in a study.",
    "We do not say that it prevents burnout.",
}
NAMES_THE_MODEL = re.compile(r"templates/(home/about|reports/print/\w+)\.html")


def names_a_source(text):
    """Whether the text gives a source's first author and year."""
    return any(
        re.search(rf"{source.cite.split()[0].rstrip(',')}\b.*\b{year}", text)
        for source in SOURCES.values()
        for year in re.findall(r"\((\d{4})", source.cite)
    )


def saying(pattern, texts):
    """The texts that say what `pattern` looks for, with where they stand."""
    return [(place, text) for place, text in texts if re.search(pattern, text)]


def test_advice_does_not_cheer():
    assert saying(CHEERING, ADVICE) == []


def test_advice_makes_no_claim_about_health_or_evidence():
    assert saying(CLAIMING, ADVICE) == []


def test_pages_speak_of_research_only_as_checked_or_with_its_source():
    checked = OF_THE_MODEL | OF_WHAT_WE_DO_NOT_KNOW
    spoken = [*saying(RESEARCH, PAGES), *saying(CLAIMING, PAGES)]
    unfounded = [(place, text) for place, text in spoken if text not in checked and not names_a_source(text)]
    assert unfounded == [], "Name the source as sources.toml has it (author, year), or do not claim this."
    assert checked <= {text for _, text in spoken}, "These are no longer said: take them out of this list."


def test_pages_do_not_cheer():
    assert [
        (place, text)
        for place, text in saying(CHEERING, PAGES)
        if text not in OF_THE_MODEL and not names_a_source(text)
    ] == []


def test_pages_name_the_model_only_where_its_limits_are_said_too():
    named_in = {place for place, _ in saying("Vivolo", PAGES)}
    assert "templates/home/about.html" in named_in
    assert [place for place in named_in if not NAMES_THE_MODEL.fullmatch(place)] == []
    for place in named_in:
        words = " ".join(text for at, text in PAGES if at == place)
        assert re.search(r"is ours|this’s own", words), f"{place} does not say what is ours"


def test_evidence_never_overstates():
    assert saying(OVERSTATING, EVIDENCE) == []


def test_what_the_model_is_cited_for_says_that_it_did_not_test_it():
    cited = [(strategy.code, said["says"]) for strategy, said in citations() if said["key"] in {"P1", "P2"}]
    assert [code for code, says in cited if "did not test" not in says] == []
    assert {place for place, _ in saying("Vivolo", [*ADVICE, *EVIDENCE])} == {"P1 cite", "P2 cite", "P4 cite"}


def test_common_practice_says_that_its_evidence_was_not_checked():
    assert "have not checked" in STRENGTHS["practice"].meaning
    practice = [s for s in read_strategies() if s.content.strength == "practice"]
    cited = {SOURCES[said["key"]].kind for strategy in practice for said in strategy.content.sources}
    assert cited.isdisjoint({"trial", "study"})


def test_content_is_british_and_typeset():
    assert saying(AMERICAN, [*ADVICE, *EVIDENCE]) == []
    assert saying(TYPED, [*ADVICE, *EVIDENCE]) == []
    assert saying(AMERICAN, PAGES) == []


def test_advice_keeps_its_sentences_short():
    sentences = [(place, part) for place, text in ADVICE for part in re.split(r"(?<=[.?])\s", text)]
    assert [(place, part) for place, part in sentences if len(part.split()) > LONGEST_SENTENCE] == []


def test_strategies_and_families_that_are_pointed_at_exist():
    known = {strategy.content.name for strategy in read_strategies()} | {family.name for family in FAMILIES.values()}
    pointed_at = {name for _, text in ADVICE for name in re.findall(r"(?:[Uu]se|see:?|to|from) “([A-Z][^”?.]*)”", text)}
    assert {"Raise a pattern", "A real break", "Change the system", "Need support now"} <= pointed_at
    assert pointed_at - known == {"Need support now"}

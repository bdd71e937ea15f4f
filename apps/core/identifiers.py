"""Points at what may identify a person in free text. It never changes a word, and it cannot find everything.

Every pattern is bounded, so the work grows with the length of the text and with nothing else. What it misses and
where it cries wolf is measured by `manage.py measure_identifiers`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from stdnum.gb import nhs


class Kind(StrEnum):
    """What kind of identifier it may be."""

    EMAIL = "email"
    NHS_NUMBER = "nhs_number"
    PHONE = "phone"
    POSTCODE = "postcode"
    DATE = "date"
    AGE = "age"
    NAME = "name"
    INITIALS = "initials"


LABELS = {
    Kind.EMAIL: "an email address",
    Kind.NHS_NUMBER: "an NHS number",
    Kind.PHONE: "a phone number",
    Kind.POSTCODE: "a postcode",
    Kind.DATE: "a date",
    Kind.AGE: "an age over 89",
    Kind.NAME: "a person’s name",
    Kind.INITIALS: "initials of a client or patient",
}


@dataclass(frozen=True, order=True)
class Finding:
    """One place in the text: characters `start` to `end`, `end` not included."""

    start: int
    end: int
    kind: Kind


def find(text: str) -> tuple[Finding, ...]:
    """What may identify somebody, in the order of the text; where two kinds overlap, the surer one."""
    taken: list[Finding] = []
    covered = bytearray(len(text))
    for kind, finder in FINDERS.items():
        for start, end in finder(text):
            if not any(covered[start:end]):
                covered[start:end] = b"\x01" * (end - start)
                taken.append(Finding(start, end, kind))
    return tuple(sorted(taken))


AROUND = 40  # characters shown on either side of what was found, at the most


@dataclass(frozen=True)
class Quote:
    """Something found, as its author reads it: what it may be, its words, and a few of its line around them."""

    what: str
    before: str
    words: str
    after: str


def quotes(text: str) -> tuple[Quote, ...]:
    """What may identify somebody, each where it stands; for the author alone, since it holds their words."""
    return tuple(quote(text, finding) for finding in find(text))


def quote(text: str, finding: Finding) -> Quote:
    """The words of one finding between those nearest to them."""
    start, end = finding.start, finding.end
    before = nearest(text[max(start - AROUND - 1, 0) : start][::-1])[::-1]
    return Quote(LABELS[finding.kind], before, text[start:end], nearest(text[end : end + AROUND + 1]))


def nearest(text: str) -> str:
    """The beginning of `text` to the end of its line, or else cut after a whole word, with dots for what follows."""
    line = text.partition("\n")[0]
    return line if len(line) <= AROUND else f"{line.rpartition(' ')[0]} …"


Places = Iterator[tuple[int, int]]

EMAIL = re.compile(r"(?<![\w.%+-])\w[\w.%+'’-]{0,63}@[A-Za-z0-9][A-Za-z0-9-]{0,62}(?:\.[A-Za-z0-9-]{1,63}){1,6}")


def find_emails(text: str) -> Places:
    """Addresses with a dot in the host."""
    for match in EMAIL.finditer(text):
        yield match.span()


GROUP = re.compile(r"(?<![0-9A-Za-z+])[0-9]{1,10}(?![0-9A-Za-z])")
BETWEEN_GROUPS = (" ", "\u00a0", "-", ".")
MOST_GROUPS = 6  # more, and it is a list of small numbers
USUAL_SHAPES = ((10,), (3, 3, 4))  # lengths of the groups of an NHS number, which may stand beside other numbers


def find_nhs_numbers(text: str) -> Places:
    """Ten digits whose last checks the others, however they are grouped; 0000000000 is none."""
    for run in runs_of_groups(text):
        for first in range(len(run)):
            for window in (run[first:last] for last in range(first + 1, min(first + MOST_GROUPS, len(run)) + 1)):
                shape = tuple(end - start for start, end in window)
                number = "".join(text[start:end] for start, end in window)
                if (shape in USUAL_SHAPES or window == run) and is_nhs_number(number):
                    yield window[0][0], window[-1][1]


def runs_of_groups(text: str) -> Iterator[list[tuple[int, int]]]:
    """Groups of digits in the text, those with one space, dash or dot between them together."""
    run: list[tuple[int, int]] = []
    for match in GROUP.finditer(text):
        if run and text[run[-1][1] : match.start()] not in BETWEEN_GROUPS:
            yield run
            run = []
        run.append(match.span())
    yield run


def is_nhs_number(number: str) -> bool:
    """Whether ten digits could be somebody's NHS number."""
    return len(number) == 10 and nhs.is_valid(number) and int(number) != 0


PHONE = re.compile(
    r"(?<![0-9A-Za-z+£.,/])(?:(?:\+|00)44[ .-]?(?:\(0\)[ .-]?)?|\(?0)[1-35789](?:[ .()-]{0,2}[0-9]){8,9}(?![0-9])"
    r"|(?<![0-9A-Za-z])\+[1-9](?:[ .()-]{0,2}[0-9]){8,13}(?![0-9])"
)


def find_phones(text: str) -> Places:
    """UK numbers with their leading 0 or +44, the ones kept for fiction too, and others that start with +."""
    for match in PHONE.finditer(text):
        if len(re.findall("[0-9]{1,14}", match.group())) <= MOST_GROUPS:
            yield match.span()


POSTCODE = re.compile(
    r"(?<![\w-])(?:GIR[ ]?0AA|[A-PR-UWYZ](?:[0-9]{1,2}|[A-HK-Z][0-9]{1,2}|[A-HK-Y]?[0-9][A-HJKPSTUW])[ ]{0,2}"
    r"(?P<inward>[0-9][ABD-HJLNP-UW-Z]{2}))(?![\w])",
    re.IGNORECASE,
)
ORDINAL = re.compile(r"1st|2nd|3rd|[04-9]th")


def find_postcodes(text: str) -> Places:
    """Whole UK postcodes, in capitals or not, with the space or without."""
    for match in POSTCODE.finditer(text):
        if not ORDINAL.fullmatch(match["inward"] or ""):
            yield match.span()


MONTH = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
YEAR = r"(?:,?[ ]{1,2}(?P<year>(?:19|20)[0-9]{2}|['’][0-9]{2}))?"
IN_WORDS = (
    r"(?:(?:twenty|thirty)[ -])?(?:first|second|third|(?:four|fif|six|seven|eigh|nin|ten|eleven|twelf|twentie|thirtie"
    r"|(?:thir|four|fif|six|seven|eigh|nine)teen)th)"
)
DAY_MONTH = re.compile(
    rf"(?<![\w/.])(?:[0-3]?[0-9]|{IN_WORDS}(?=[ ]of))(?P<sure>(?:st|nd|rd|th)?[ ]of|st|nd|rd|th)?"
    rf"[ -]{{0,2}}\b{MONTH}\b{YEAR}",
    re.IGNORECASE,
)
MONTH_DAY = re.compile(
    rf"\b{MONTH}[ ]{{1,2}}(?:the[ ])?[0-3]?[0-9](?P<sure>st|nd|rd|th)?(?![\w%/:]|\.[0-9]){YEAR}", re.IGNORECASE
)
ALSO_WORDS = ("may", "mar", "march")  # in small letters, other things may be meant
NUMBERS = re.compile(
    r"(?<![\w/.-])(?:(?P<a>[0-3]?[0-9])(?P<by>[/.-])(?P<b>[0-3]?[0-9])(?P=by)(?:(?:19|20)[0-9]{2}|[0-9]{2})"
    r"|(?:19|20)[0-9]{2}-(?P<c>[01]?[0-9])-(?P<d>[0-3]?[0-9]))(?![\w/]|[.-][0-9])"
)
AFTER_ON = re.compile(
    r"\b(?:on|dated|dob|born)[ ]{1,2}(?P<date>(?P<a>[0-3]?[0-9])/(?P<b>[01]?[0-9]))(?![\w/%])", re.IGNORECASE
)
AMOUNT = re.compile(r"[ ]{1,2}(?:days?|times?|of|sessions?|calls?|items?|questions?)\b", re.IGNORECASE)


def find_dates(text: str) -> Places:
    """Days written as numbers or with the month's name; a month alone is none."""
    for pattern in (DAY_MONTH, MONTH_DAY):
        for match in pattern.finditer(text):
            if match["month"] not in ALSO_WORDS or match["sure"] or match["year"]:
                yield match.span()
    for match in NUMBERS.finditer(text):
        if is_day_and_month(match["a"] or match["d"], match["b"] or match["c"]):
            yield match.span()
    for match in AFTER_ON.finditer(text):
        if is_day_and_month(match["a"], match["b"]) and not AMOUNT.match(text, match.end()):
            yield match.span("date")


def is_day_and_month(one: str, other: str) -> bool:
    """Whether the two numbers are a day and a month, in either order."""
    low, high = sorted((int(one), int(other)))
    return 1 <= low <= 12 and high <= 31


OLD = r"(?:9[0-9]|1[01][0-9])"
OLD_IN_WORDS = r"(?:ninety(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?|(?:a|one)[ ]hundred)"
AGE = re.compile(
    rf"\b(?:aged?|age[ ]of|turn(?:s|ed|ing)?)[ ]{{1,2}}(?:{OLD}|{OLD_IN_WORDS})\b(?![ ]?(?:%|min|degrees|sec))"
    rf"|\b(?:{OLD}|{OLD_IN_WORDS})[ -]{{0,2}}(?:(?:years?|yrs?)[ -]{{1,2}}(?:old|of[ ]age)|y/?o)\b"
    rf"|\b{OLD}(?:th|st|nd|rd)[ ]birthday\b"
    rf"|\b(?:(?:s?he|who|client|patient)(?:['’]s|[ ]is|[ ]was)|they(?:['’]re|[ ]are))[ ]{OLD}(?=[,.;]|[ ]and\b|$)"
    r"|\bin[ ](?:her|his|their)[ ](?:(?:early|mid|late)[ -])?(?:nineties|90['’]?s)\b",
    re.IGNORECASE,
)


def find_ages(text: str) -> Places:
    """Ages of 90 and over, which few people in one place have."""
    for match in AGE.finditer(text):
        yield match.span()


WORD = r"[^\W\d_](?:[^\W\d_]|['’-](?=[^\W\d_])){0,40}"
NAME = rf"(?P<first>{WORD})(?:(?<=\b[^\W\d_])\.)?(?:[ ](?P<second>{WORD}))?"
TITLE = re.compile(
    r"\b(?:Mr[ ](?:and|&)[ ]Mrs|M(?:rs?|s|x|iss|R|RS|S|X|ISS)|mrs?|ms|mx|[Dd]rs?|DR|[Pp]rof(?:essor)?|[Dd]octor"
    rf"|Sir|Dame|Rev)\b\.?[ ]{{1,2}}{NAME}"
)
SOMEBODY = "(?:client|patient|person|man|woman|lady|gentleman|boy|girl)"
CALLED = re.compile(rf"\b{SOMEBODY},?[ ]{{1,2}}(?:(?:is|was)[ ])?(?:called|named)[ ]{{1,2}}{NAME}", re.IGNORECASE)
WORDS_WITH_CAPITALS = (
    "I I'm I’m I'd I’d I've I’ve I'll I’ll A The Then But And So "
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
)
NO_NAMES = frozenset(WORDS_WITH_CAPITALS.split())


def find_names(text: str) -> Places:
    """A title with a capitalised word after it, or a client "called" one."""
    for pattern, start in ((TITLE, 0), (CALLED, "first")):
        for match in pattern.finditer(text):
            if is_name(match["first"]) or text.startswith(".", match.end("first")):
                both = match["second"] and is_name(match["second"])
                yield match.start(start), match.end("second" if both else "first")


def is_name(word: str) -> bool:
    """Whether the word has a capital and is not one that stands in any sentence."""
    return word[0].isupper() and word not in NO_NAMES


PERSON = r"(?:clients?|patients?|pts?|service[ ]users?)"
LETTERS = r"(?:[A-Z]\.?[ ]?[A-Z]\.?(?:[ ]?[A-Z]\b\.?)?|[A-Z]\b\.?)"
PERSON_THEN = re.compile(
    rf"\b(?i:{PERSON})(?:[,:]?[ ]{{1,2}}|[ ]?\()(?:(?i:initials|called|named|ref|like)[ ]{{1,2}})?"
    rf"(?P<letters>{LETTERS})(?!\w)"
)
THEN_PERSON = re.compile(
    rf"(?<![\w&’'-])(?P<letters>[A-Z]\.[ ]?[A-Z]\.?|[A-Z]{{2,3}}|[A-Z](?=,[ ]))(?:,?[ ]{{1,2}}|[ ]?\(|[ ]is[ ])"
    rf"(?:(?i:a|my|the|our|this)[ ](?:(?i:new|first|last|next)[ ])?)?(?i:{PERSON})\b"
)
WORDS_IN_CAPITALS = (  # the service's short forms, and small words
    "A ACT ADD ALL AM AN AND ANY AS AT BA BAME BE BED BME BP BUT BY CBT CMHT CPA CQC CR CT DBT DNA DO DR ED EMDR ERP "
    "EU FOR GAD GO GP GPS HAD HAS HE HER HI HIS HIT HR I IAPT ICU IF IN IP IPT IS IT ITS LD LGB LI LTC MBT MDT ME MH "
    "MP MS MUS MY NEW NHS NI NO NOT OCD OF OK OLD ON ONE OR OT OUR OUT PC PD PE PHQ PIP PM PTSD PWP RE SHE SMI SO SPA "
    "SSRI TAF TEN TF THE TO TV TWO UC UK UP US UTC VIP WAS WE WHO YOU"
)
NO_INITIALS = frozenset(WORDS_IN_CAPITALS.split())


def find_initials(text: str) -> Places:
    """One to three capitals beside the word client or patient, but not the service's own short forms."""
    for pattern in (PERSON_THEN, THEN_PERSON):
        for match in pattern.finditer(text):
            letters = match["letters"].rstrip()
            if re.sub("[^A-Z]", "", letters) not in NO_INITIALS or "." in letters[:-1]:
                yield match.start("letters"), match.start("letters") + len(letters)


FINDERS = {
    Kind.EMAIL: find_emails,
    Kind.NHS_NUMBER: find_nhs_numbers,
    Kind.PHONE: find_phones,
    Kind.POSTCODE: find_postcodes,
    Kind.DATE: find_dates,
    Kind.AGE: find_ages,
    Kind.NAME: find_names,
    Kind.INITIALS: find_initials,
}

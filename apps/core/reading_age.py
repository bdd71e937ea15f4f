"""How hard a text is to read: the Flesch-Kincaid grade, and the age that goes with it (decision 0018)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

HARDEST_AGE = 11  # years

WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")  # a hyphen parts two words
SENTENCE_END = re.compile(r"(?:(?<=[.?!])|(?<=[.?!][”’)]))\s+")
SHORT_FORM = re.compile(r"(?:[A-Z]{2,}|\d+)(?:[’']?s)?\Z")  # PWP, GP, 999: one breath for whoever uses it

# How English spells its vowels, as far as Keel's words need it; the test counts some of them by hand.
VOWELS = re.compile(r"[aeiouy]+")
SILENT = re.compile(
    r"""(?<=q)u | (?<=g)u(?=[aei])                                      # quiet, guess
    | (?<=[^aeiou])e(?=(?:ly|less|ment|ful|ty|load|body|one|thing|where)s?\Z)  # lonely, somebody
    | (?<=ev)e(?=ry(?!o))                                                    # everything
    | (?<=[^aeiouyl])e\Z | (?<=[aeiouy]l)e\Z | (?<=gu)e\Z                # make, while, vague, but not little
    | (?<=[^aeiouytd])e(?=d\Z)                                          # asked, but not started
    | (?<=[^aeiouyszxcg])(?<![cs]h)(?<![^aeiouy]l)e(?=s\Z)              # makes, but not pages
    """,
    re.VERBOSE,
)
PARTED = re.compile(  # two vowels in a row that are two sounds
    r"""(?<![ctsg])i(?=a) | (?<![ctsgn])i(?=o(?!u)) | i(?=u)            # social is two, diary three
    | (?<![ct])i(?=et|en[ct]) | (?<=[^aeiouy])i(?=er\Z)                 # quiet, client, easier
    | [aeiouy](?=ing) | u(?=[ao](?!u)) | e(?=o(?![pu]))                    # doing, usual, video
    | (?<=cr)e(?=at) | (?<=r)e(?=act) | (?<=[dr])e(?=as?\Z)             # create, react, idea
    | [aeo](?=y(?:al|ee|er|on))                                         # employer
    """,
    re.VERBOSE,
)


@dataclass(frozen=True)
class Reading:
    """The counts of a text, and what they say."""

    sentences: int
    words: int
    syllables: int

    @property
    def grade(self) -> float:
        """Years at a US school, as Kincaid and others put it in 1975."""
        return 0.39 * self.words / self.sentences + 11.8 * self.syllables / self.words - 15.59

    @property
    def age(self) -> float:
        """Years of life: a child of six is in the first grade."""
        return self.grade + 5


def measure(sentences: Iterable[str]) -> Reading:
    """The reading of sentences, of which at least one holds a word."""
    words = [WORD.findall(sentence) for sentence in sentences]
    words = [found for found in words if found]
    counts = [sum(map(syllables, found)) for found in words]
    return Reading(len(words), sum(map(len, words)), sum(counts))


def in_sentences(text: str) -> list[str]:
    """`text`, cut where a sentence ends."""
    return [part for part in SENTENCE_END.split(" ".join(text.split())) if part]


def syllables(word: str) -> int:
    """About how many syllables a word has; one where it is short for something."""
    if SHORT_FORM.match(word):
        return 1
    spelt = re.sub(r"[’'](?=s?\Z)", "", word.lower().replace("’", "'").split("'")[0])
    voiced = SILENT.sub("", spelt)
    return max(1, len(VOWELS.findall(voiced)) + len(PARTED.findall(voiced)))

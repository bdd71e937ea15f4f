"""The chips of phase 1. Ours; a chip opens a door to words, it measures nothing."""

NOT_SAFE = "not_safe"  # opens the support panel

FEELINGS = (
    ("tense", "Tense"),
    ("sad", "Sad"),
    ("worried", "Worried"),
    ("angry", "Angry"),
    ("frustrated", "Frustrated"),
    ("guilty", "Guilty"),
    ("helpless", "Helpless"),
    ("numb", "Numb"),
    ("tired", "Tired"),
    ("moved", "Moved"),
    ("relieved", "Relieved"),
    ("proud", "Proud"),
    (NOT_SAFE, "I am not OK, or not safe"),
)

"""What makes a password too easy to guess. Long is enough: nobody has to mix in digits or signs."""

import itertools
import re
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError

if TYPE_CHECKING:
    from apps.accounts.models import User

# Words that somebody who knows where we work would try first; the service's own names join them.
WORDS_OF_THE_WORK = frozenset(
    re.findall(
        r"\w+",
        """
        keel nhs iapt pwp trust hospital clinic talking therapies therapy therapist psychological wellbeing practitioner
        mental health reflection reflective reflect resilience coping supervision supervisor caseload team service
        password passphrase welcome letmein login signin changeme secret admin monday friday spring summer autumn winter
        """,
    )
)
LOOKS_LIKE = (str.maketrans("013457@$!", "oleastasi"), str.maketrans("013457@$!", "oieastasi"))
WALKS = " ".join(
    ["qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890", "abcdefghijklmnopqrstuvwxyz", "1q2w3e4r5t6y7u8i9o0p"]
)
MOST_EASY_STEPS = 0.6  # share of a password's steps
LETTERS_LEFT = 6  # letters that must be left once those words are taken out


class LongEnough(password_validation.MinimumLengthValidator):
    """At least so many characters."""

    def get_error_message(self) -> str:
        return f"Your password must have at least {self.min_length} characters. Three random words work well"


class NotCommon(password_validation.CommonPasswordValidator):
    """Not one of the 20,000 that are tried first everywhere, nor one of them made longer in a way everybody knows.

    Few of those have 12 characters: people who must have 12 write "sunshine1234", "Passw0rdPassw0rd" or "123456789012".
    """

    def validate(self, password: str, user: "User | None" = None) -> None:
        """Raises ValidationError for a common password, dressed up or not, and for a walk along the keys."""
        plain = password.lower().strip()
        forms = (plain, *(plain.translate(looks_like) for looks_like in LOOKS_LIKE))
        known = any(core_of(form) in self.passwords for form in forms)
        if known or is_a_walk(plain):
            raise ValidationError(self.get_error_message(), code="password_too_common")

    def get_error_message(self) -> str:
        return "Many people use a password like this, so it is easy to guess. Choose another"


def core_of(password: str) -> str:
    """What is left without digits and signs at both ends, and said once where it is said again and again."""
    bare = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", password)
    repeated = re.fullmatch(r"(.+?)\1+", bare)
    return repeated[1] if repeated else bare


def is_a_walk(password: str) -> bool:
    """Whether most characters repeat the one before, or come next to it on the keyboard or in the alphabet."""
    steps = [first + second for first, second in itertools.pairwise(password)]
    easy = sum(step[0] == step[1] or step in WALKS or step[::-1] in WALKS for step in steps)
    return easy > MOST_EASY_STEPS * len(steps)


class NotAboutYou(password_validation.UserAttributeSimilarityValidator):
    """Not one's own name or address again."""

    def get_error_message(self) -> str:
        return "This password is too close to your name or your email address. Choose another"


class NotAboutTheWork:
    """Not made of words that everybody at this service would try."""

    def validate(self, password: str, user: "User | None" = None) -> None:
        """Raises ValidationError when little is left without those words."""
        own = re.findall(r"[a-z]{3,}", f"{settings.SERVICE_NAME} {settings.SERVICE_ORGANISATION}".lower())
        words = sorted(WORDS_OF_THE_WORK.union(own), key=len, reverse=True)  # "therapies" before "therapy"
        left = re.sub("|".join(words), "", password.lower())
        if left != password.lower() and len(re.findall(r"[^\W\d_]", left)) < LETTERS_LEFT:
            raise ValidationError(
                "This password is made of words that people at your service would guess. Choose another",
                code="password_about_the_work",
            )

    def get_help_text(self) -> str:
        """What allauth and Django would list above the field."""
        return "Your password must not be made of words about this service."

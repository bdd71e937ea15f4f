"""How property tests run: some examples each time, many with `./dev test --deep`; what they remember lies under var."""

from django.conf import settings as django_settings
from hypothesis import settings
from hypothesis.configuration import set_hypothesis_home_dir

EXAMPLES = 100
DEEP_EXAMPLES = 2_000

set_hypothesis_home_dir(django_settings.VAR_DIR / "cache" / "hypothesis")
# No deadline: a busy machine is slow, and that is no fault of the code.
settings.register_profile("keel", deadline=None, max_examples=EXAMPLES, print_blob=True)
settings.register_profile("deep", deadline=None, max_examples=DEEP_EXAMPLES, print_blob=True)
settings.load_profile("keel")

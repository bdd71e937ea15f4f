"""How property tests run: some examples each time, many with `./dev test --deep`; what they remember lies under var."""

from django.conf import settings as django_settings
from hypothesis import settings
from hypothesis.configuration import set_hypothesis_home_dir

EXAMPLES = {"keel": 100, "ci": 100, "deep": 2_000}  # by profile: of `./dev test`, `./dev check`, `./dev test --deep`
RUNS = {"keel": 10, "ci": 200, "deep": 1_000}  # of people sharing in any order, which is what Keel promises most

set_hypothesis_home_dir(django_settings.VAR_DIR / "cache" / "hypothesis")
for profile, examples in EXAMPLES.items():
    # No deadline: a busy machine is slow, and that is no fault of the code.
    settings.register_profile(profile, deadline=None, max_examples=examples, print_blob=True)
settings.load_profile("keel")

"""Runs tests of one file and prints what came of each: `python -m tests.mutants.trial FILE EXPRESSION`, in a copy."""

import json
import sys

import pytest


class Outcomes:
    """What came of each test: `passed`, or the name of the exception that ended it."""

    def __init__(self):
        self.by_test: dict[str, str] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item, call):
        """Note the first thing that went wrong in a test, be it in its setting up."""
        report = yield
        if call.excinfo is not None:
            self.by_test.setdefault(item.name, name_of(call.excinfo.value))
        elif report.when == "teardown":
            self.by_test.setdefault(item.name, "passed")
        return report


def name_of(error: BaseException) -> str:
    """The kind of error; a `pytest.raises` in which nothing was raised is an assertion too."""
    if isinstance(error, AssertionError | pytest.fail.Exception):
        return "AssertionError"
    return type(error).__name__


def main(file: str, expression: str) -> int:
    """Run them, say nothing else on the last line, and answer as pytest does."""
    outcomes = Outcomes()
    status = pytest.main(["-q", "-n0", "-p", "no:randomly", "-k", expression, file], plugins=[outcomes])
    print()
    print(json.dumps(outcomes.by_test))
    return status


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

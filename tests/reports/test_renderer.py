"""The process that draws: what breaks its bounds breaks alone, and the next report is made as if nothing had been."""

import os
import signal
import subprocess
import sys
import tomllib
from contextlib import contextmanager
from pathlib import Path

import pytest

from apps.reports import pdf as pdf_module
from apps.reports import process, tasks
from apps.reports.models import Report
from apps.reports.pdf import draw, markup
from apps.reports.process import Refused, Renderer, RendererFailed, TooMuch
from apps.reports.renderer import named
from tests.reports import inside
from tests.reports.readings import content

BOMBS = tomllib.loads((Path(__file__).parent / "corpus" / "bombs.toml").read_text())
TIGHT = {"seconds": 2, "memory": 340 * 2**20}
CALM = '<html lang="en-GB"><head><title>x</title></head><body><p>calm</p></body></html>'


@contextmanager
def renderer_with(**bounds):
    renderer = Renderer(**bounds)
    yield renderer
    renderer.stop()


@pytest.fixture(scope="module")
def tight():
    """A renderer whose bounds are soon broken."""
    with renderer_with(**TIGHT) as renderer:
        yield renderer


@pytest.fixture
def fresh():
    """A renderer of a test's own, which may be ended."""
    with renderer_with() as renderer:
        yield renderer


def with_rule(renderer, rule):
    """Have a renderer start with another rule than its own."""
    begin = f"from apps.reports import renderer, walls; {rule}; renderer.main()"
    renderer.command = [sys.executable, "-c", begin, "9", str(2**30)]


def pid_of(renderer):
    process, _ = renderer.start()
    return process.pid


# --- Bombs ---


@pytest.mark.parametrize("bomb", BOMBS["typed"].values(), ids=BOMBS["typed"])
def test_much_text_is_drawn_to_the_last_letter(bomb):
    drawn = draw(content(*(bomb["text"] * bomb["times"]).split("\n")))
    assert inside.rightmost_ink(drawn.pdf) <= inside.RIGHT_MARGIN
    if "shows" in bomb:
        assert inside.words(drawn.pdf).replace(" ", "").count(bomb["shows"]) >= bomb["times"]


@pytest.mark.parametrize("bomb", BOMBS["typed_too_much"].values(), ids=BOMBS["typed_too_much"])
def test_too_much_text_ends_within_its_bounds(tight, bomb):
    with pytest.raises(TooMuch):
        tight.draw(markup(content(*(bomb["text"] * bomb["times"]).split("\n"))))
    assert inside.words(tight.draw(CALM).pdf).startswith("calm")


@pytest.mark.parametrize("bomb", BOMBS["markup"].values(), ids=BOMBS["markup"])
def test_bomb_ends_within_its_bounds_if_escaping_ever_failed(tight, bomb):
    with pytest.raises(TooMuch):
        tight.draw(CALM.replace("calm", bomb["markup"] * bomb["times"]))
    assert inside.words(tight.draw(CALM).pdf).startswith("calm")


def test_report_that_takes_more_memory_than_it_may_is_too_much():
    with renderer_with(seconds=60, memory=TIGHT["memory"]) as renderer, pytest.raises(TooMuch):
        renderer.draw(CALM.replace("<p>calm</p>", f"<pre>{'x' * 3_000_000}</pre>"))


def test_report_of_more_pages_than_anybody_prints_is_too_much(fresh):
    with_rule(fresh, "renderer.MOST_PAGES = 1")
    fresh.draw(CALM)
    with pytest.raises(TooMuch):
        fresh.draw(CALM.replace("<p>", '<p style="break-before: page">1</p><p style="break-before: page">'))


def test_markup_longer_than_any_report_is_too_much_before_it_is_sent(fresh, monkeypatch):
    monkeypatch.setattr(process, "LONGEST_MARKUP", len(CALM))
    fresh.draw(CALM)
    with pytest.raises(TooMuch):
        fresh.draw(CALM + " ")


def test_report_over_its_bounds_fails_at_once_and_the_next_one_is_made(asked, world, monkeypatch, tight):
    with monkeypatch.context() as with_bomb:
        with_bomb.setattr(pdf_module, "renderer", tight)
        with_bomb.setattr(
            pdf_module, "page", lambda *_: CALM.replace("calm", BOMBS["markup"]["tables in tables"]["markup"] * 200)
        )
        tasks.make_report(str(asked.pk))
    failed = Report.objects.get(pk=asked.pk)
    assert (failed.state, failed.reason, failed.attempts) == (Report.State.FAILED, Report.Reason.TOO_LONG, 1)
    failed.try_again()
    tasks.make_report(str(asked.pk))
    assert Report.objects.get(pk=asked.pk).is_ready


# --- The process ---


def test_renderer_is_kept_from_report_to_report(fresh):
    before = pid_of(fresh)
    fresh.draw(CALM)
    with pytest.raises(Refused):
        fresh.draw(CALM.replace("calm", '<img alt="x" src="file:///etc/passwd"/>'))
    fresh.draw(CALM)
    assert pid_of(fresh) == before


def test_answer_that_nobody_heard_is_not_given_to_the_next(fresh):
    """A worker's time can be up between asking and hearing: at any instruction."""
    before = pid_of(fresh)
    fresh.ask_to_draw(CALM.replace("calm", "somebody's words"))
    assert inside.words(fresh.draw(CALM).pdf).startswith("calm")
    assert pid_of(fresh) != before


@pytest.mark.parametrize("rule", ["walls.MOST_REPORTS = 1", "walls.MUCH_MEMORY = 1"])
def test_renderer_is_replaced_after_its_last_report_and_once_it_held_much(fresh, rule):
    with_rule(fresh, rule)
    pids = []
    for _ in range(2):
        pids.append(pid_of(fresh))
        assert fresh.draw(CALM).pages == 1
    assert len(set(pids)) == 2


@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGTERM])
def test_renderer_ended_from_outside_is_trouble_that_may_pass(fresh, sign):
    os.kill(pid_of(fresh), sign)
    with pytest.raises(RendererFailed):
        fresh.draw(CALM)
    assert fresh.draw(CALM).pages == 1


def test_renderer_that_does_not_answer_is_ended(fresh):
    fresh.waited = 0.1
    before = pid_of(fresh)
    os.kill(before, signal.SIGSTOP)
    with pytest.raises(TooMuch):
        fresh.draw(CALM)
    assert pid_of(fresh) != before


def test_renderer_is_ended_when_whoever_waits_is_interrupted(fresh, monkeypatch):
    """As Celery's own limit of time does: the next report must not get the answer to this one."""
    before = pid_of(fresh)

    def interrupt(_words):
        raise KeyboardInterrupt

    with monkeypatch.context() as interrupted:
        interrupted.setattr(process.json, "loads", interrupt)
        with pytest.raises(KeyboardInterrupt):
            fresh.draw(CALM)
    assert inside.words(fresh.draw(CALM.replace("calm", "calmer")).pdf).startswith("calmer")
    assert pid_of(fresh) != before


def test_renderer_says_what_kind_of_error_it_met_and_no_words(fresh):
    with pytest.raises(RendererFailed) as caught:
        fresh.draw(CALM.replace("<p>", '<p style="font-size: 1e9px">'))
    assert str(caught.value) == "ZeroDivisionError"


def test_renderer_knows_nothing_of_keels(fresh, monkeypatch):
    monkeypatch.setenv("KEEL_KEYS", "heron")
    fresh.draw(CALM)
    proc = Path("/proc") / str(pid_of(fresh))
    environment = (proc / "environ").read_text()
    assert "heron" not in environment
    assert "SECRET_KEY" not in environment
    assert {part.split("=")[0] for part in environment.split("\0") if part} <= set(process.NAMES_IN_ENVIRONMENT)
    assert "calm" not in (proc / "cmdline").read_text()


def test_renderer_is_not_shared_with_a_process_forked_from_this_one():
    program = """
import os, django
django.setup()
from apps.reports.process import renderer
renderer.start()
child = os.fork()
if not child:
    os._exit(42 if renderer.running is None else 0)
print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), renderer.running is None)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "42 False\n"


# --- Letters by name ---


def test_named_writes_a_letter_that_cannot_be_drawn_in_words():
    assert named("fine 🙂 \ue000", {"🙂", "\ue000"}) == "fine [slightly smiling face] [U+E000]"

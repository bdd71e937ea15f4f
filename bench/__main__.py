"""Keel's pages, saves, search and PDF as ratios, measured in turn in one run."""

import argparse
import os
import platform
import subprocess
from collections.abc import Collection, Iterable
from itertools import chain
from pathlib import Path

from bench.measure import table
from bench.server import scratch_environment, web_server

WHAT = ("pages", "other", "insights", "search", "pdf", "reports", "queue")


def main() -> None:
    """Fill a throw-away database, measure in turn, print the table."""
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__)
    parser.add_argument("what", nargs="*", help=f"some of {', '.join(WHAT)}; all unless said")
    parser.add_argument("--postgres", action="store_true", help="on a real PostgreSQL instead of SQLite")
    options = parser.parse_args()
    if unknown := set(options.what) - set(WHAT):
        parser.error(f"there is no {', '.join(sorted(unknown))}; there are {', '.join(WHAT)}")
    os.chdir(Path(__file__).parent.parent)
    with scratch_environment(postgres=options.postgres) as folder:
        print(where(), "PostgreSQL" if options.postgres else "SQLite", sep=", ")
        print(f"load before: {load()}", flush=True)
        ratios, further = measured(folder, options.what or WHAT)
        if ratios:
            print(table(ratios))
        for line in further:
            print(line, flush=True)
        print(f"load after: {load()}")


def where() -> str:
    """What was measured, and on what."""
    commit = subprocess.run(["git", "describe", "--always", "--dirty"], capture_output=True, text=True)
    cores = len(os.sched_getaffinity(0))
    return f"commit {commit.stdout.strip() or 'unknown'}, Python {platform.python_version()}, {cores} cores"


def load() -> str:
    """How busy the machine was over 1, 5 and 15 minutes."""
    return " ".join(f"{figure:.2f}" for figure in os.getloadavg())


def measured(folder: Path, what: Collection[str]) -> tuple[list, Iterable[str]]:
    """The ratios of the table, and what is told in sentences below it."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)

    from apps.reports.content import gather
    from bench import papers, queue, ratios, reports, rows
    from bench.browser import Browser

    author = rows.fill()
    print(f"{rows.OWN} own reflections; gunicorn with a sync worker for each core; one request at a time", flush=True)
    with web_server(folder) as server:
        browser = Browser(server, {"sessionid": author.session})
        acts = {
            "pages": lambda: ratios.pages(browser, author),
            "other": lambda: ratios.other_pages(browser, author),
            "insights": lambda: ratios.insights(browser),
            "search": lambda: ratios.search(browser, author),
        }
        found = [ratio for name, act in acts.items() if name in what for ratio in act()]
    further = {
        "pdf": papers.lines,
        "reports": lambda: reports.lines(gather(author.user, author.completed)),
        "queue": queue.lines,
    }
    return found, chain.from_iterable(lines() for name, lines in further.items() if name in what)


if __name__ == "__main__":
    main()

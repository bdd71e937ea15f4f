"""Keel's pages, saves, search and PDF as ratios, measured in turn in one run."""

import argparse
import os
import platform
import subprocess
from collections.abc import Iterator
from pathlib import Path

from bench.measure import table
from bench.server import scratch_environment, web_server


def main() -> None:
    """Fill a throw-away database, measure in turn, print the table."""
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__)
    parser.add_argument("--postgres", action="store_true", help="on a real PostgreSQL instead of SQLite")
    options = parser.parse_args()
    os.chdir(Path(__file__).parent.parent)
    with scratch_environment(postgres=options.postgres) as folder:
        print(where(), "PostgreSQL" if options.postgres else "SQLite", sep=", ")
        print(f"load before: {load()}", flush=True)
        ratios, further = measured(folder)
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


def measured(folder: Path) -> tuple[list, Iterator[str]]:
    """Every ratio of the table, and what is told in sentences below it."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)

    from apps.reports.content import gather
    from bench import ratios, reports, rows
    from bench.browser import Browser

    author = rows.fill()
    print(f"{rows.OWN} own reflections; gunicorn with a sync worker for each core; one request at a time", flush=True)
    with web_server(folder) as port:
        browser = Browser(port, {"sessionid": author.session})
        pages = [*ratios.pages(browser, author), *ratios.other_pages(browser, author)]
        found = [*pages, *ratios.insights(browser), *ratios.search(browser, author), *ratios.pdf(author)]
    return found, reports.lines(gather(author.user, author.completed))


if __name__ == "__main__":
    main()

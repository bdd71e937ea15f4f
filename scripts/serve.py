"""Starts Keel's web, worker and beat, tells where they are, and stops them together.

Called by `./dev run`, which has set the environment. Each process writes to its own file in `$KEEL_VAR/log`.
"""

import argparse
import ctypes
import fcntl
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

from mailwatch import MailWatch

VAR = Path(os.environ["KEEL_VAR"])
STOP_WITHIN_SECONDS = 10
PYTHON = [sys.executable]
CELERY = [*PYTHON, "-m", "celery", "-A", "config.celery"]


def main(arguments: list[str]) -> int:
    """Prepare, start, watch and stop; the exit status is 0 only when somebody asked Keel to stop."""
    options = read_options(arguments)
    only_run = hold_only_run()  # noqa: F841 - the lock lasts as long as the open file
    refuse_taken_port(options.host, options.port)
    use_address(options.host, options.port)
    prepare(demo=options.demo)
    asked_to_stop = listen_for_stop()
    mails = MailWatch(VAR / "mail")
    children = start(options.host, options.port)
    try:
        return watch(children, mails, asked_to_stop, options)
    finally:
        stop(children, asked_to_stop)


def read_options(arguments: list[str]) -> argparse.Namespace:
    """The choices of `./dev run`."""
    parser = argparse.ArgumentParser(prog="./dev run", description="Start Keel on this machine.")
    parser.add_argument("--port", type=int, default=8000, help="where it listens (8000)")
    parser.add_argument("--host", default="127.0.0.1", help="on which address; only this machine's own unless said")
    parser.add_argument("--demo", action="store_true", help="add demonstration people, and print their passwords")
    options = parser.parse_args(arguments)
    if not 0 < options.port < 65536:
        parser.error("--port takes a number from 1 to 65535")
    if options.demo and os.environ.get("KEEL_MODE") == "service":
        sys.exit("--demo adds made-up people, so it is refused where KEEL_MODE is 'service'.")
    return options


def hold_only_run():
    """An open, locked file; ends the start if Keel already runs on this folder."""
    lock = open(VAR / "run.lock", "w")  # noqa: SIM115 - open, and so locked, until the end
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        sys.exit(f"Keel already runs on {VAR}. Stop it first, or set KEEL_VAR to another folder.")
    return lock


def refuse_taken_port(host: str, port: int) -> None:
    """End the start with a sentence if nothing can listen there."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        reason = error.strerror or str(error)
        sys.exit(f"Keel cannot listen on {host}, port {port}: {reason}. Try another: ./dev run --port {port + 1}")


def use_address(host: str, port: int) -> None:
    """Set the address people open, and the hosts Keel answers to, unless the environment says them already."""
    names = ["localhost", "127.0.0.1", "[::1]"]
    shown = "localhost"
    if host not in ("127.0.0.1", "::1", "localhost"):
        shown = socket.gethostname() if host in ("0.0.0.0", "::") else host  # noqa: S104 - compared, not bound
        names += [bracketed(shown), socket.gethostname()]
        print("Other machines can reach this Keel, and nothing between them and it is encrypted.")
    os.environ.setdefault("KEEL_BASE_URL", f"http://{bracketed(shown)}:{port}")
    os.environ.setdefault("ALLOWED_HOSTS", ",".join(dict.fromkeys(names)))


def bracketed(host: str) -> str:
    """`host` as an address bar writes it."""
    return f"[{host}]" if ":" in host else host


def prepare(*, demo: bool) -> None:
    """Bring the database, the static files and the library up to date; end the start if that fails."""
    (VAR / "tmp").mkdir(exist_ok=True)
    os.environ["TMPDIR"] = str(VAR / "tmp")
    if subprocess.run([*PYTHON, "-m", "scripts.prepare"]).returncode:
        sys.exit("Keel could not start: see above.")
    if demo and subprocess.run([*PYTHON, "manage.py", "make_demo"]).returncode:
        sys.exit("Keel did not start, because the demonstration people could not be made.")


def listen_for_stop() -> threading.Event:
    """An event that Ctrl-C, SIGTERM or the end of the terminal sets; a second one ends the waiting."""
    asked = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) != signal.SIG_IGN:  # nohup stays nohup
            signal.signal(number, lambda *_: asked.set())
    return asked


def start(host: str, port: int) -> dict[str, subprocess.Popen]:
    """The three processes, by name."""
    cores = len(os.sched_getaffinity(0))
    web = ["gunicorn", "config.wsgi", "--bind", f"{bracketed(host)}:{port}", "--workers", str(cores)]
    return {
        "web": spawn("web", [*PYTHON, "-m", *web, "--no-control-socket", "--graceful-timeout", "5"]),
        "worker": spawn("worker", [*CELERY, "worker", "--concurrency", "2", "--without-gossip", "--without-mingle"]),
        "beat": spawn("beat", [*CELERY, "beat", "--schedule", str(VAR / "beat" / "schedule"), "--pidfile="]),
    }


def spawn(name: str, command: list[str]) -> subprocess.Popen:
    """Start `command` in a group of its own, so that Ctrl-C reaches it only through us."""
    log = VAR / "log" / f"{name}.log"
    if log.exists():
        log.replace(log.with_suffix(".log.1"))
    with open(log, "wb") as file:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=die_with_parent,
        )


def die_with_parent() -> None:
    """Ask Linux to end this process when the supervisor is killed outright."""
    set_parent_death_signal = 1
    ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGTERM)


def watch(children: dict, mails: MailWatch, asked_to_stop: threading.Event, options: argparse.Namespace) -> int:
    """Print the address once it answers and each mail's links, until asked to stop or a child ends."""
    announced = False
    while not asked_to_stop.wait(0.3):
        for name, child in children.items():
            if child.poll() is not None:
                print(f"The {name} process ended (exit status {child.returncode}), so Keel stops. Its last lines:")
                print(last_lines(VAR / "log" / f"{name}.log"))
                return 1
        if not announced and answers(options.host, options.port):
            announced = announce()
        for line in mails.new_links():
            print(line)
    return 0


def answers(host: str, port: int) -> bool:
    """Whether the web process accepts connections."""
    local = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound
    try:
        socket.create_connection((local, port), timeout=1).close()
    except OSError:
        return False
    return True


def announce() -> bool:
    """Say where everything is."""
    print(f"Keel is at {os.environ['KEEL_BASE_URL']}/")
    if "EMAIL_URL" not in os.environ:
        print(f"Mails go to {VAR / 'mail'}, and their links are printed here. Logs are in {VAR / 'log'}.")
    print("Press Ctrl-C to stop.")
    return True


def last_lines(log: Path, count: int = 20) -> str:
    """The end of a log."""
    return "\n".join(log.read_text(errors="replace").splitlines()[-count:])


def stop(children: dict[str, subprocess.Popen], asked_again: threading.Event) -> None:
    """End every child kindly, and after a while, or when asked a second time, at once."""
    asked_again.clear()
    for child in children.values():
        if child.poll() is None:
            child.terminate()
    until = time.monotonic() + STOP_WITHIN_SECONDS
    while any(child.poll() is None for child in children.values()):
        if time.monotonic() > until or asked_again.wait(0.1):
            break
    for child in children.values():
        kill_group(child)


def kill_group(child: subprocess.Popen) -> None:
    """End what is left of a child and of its own children."""
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    child.wait()


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:  # before anything was started
        sys.exit(130)

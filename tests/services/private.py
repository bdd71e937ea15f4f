"""The account that runs the tests' servers, and the folders that only it may enter.

PostgreSQL refuses to run as root, so when the tests run as root the servers run as `nobody`. `setpriv`, which every
Debian has, changes the account and asks the kernel to end the server as soon as the tests are gone, however they went.
"""

import fcntl
import os
import pwd
import shutil
import tempfile
import time
from pathlib import Path

FOLDER_PREFIX = "keel-server-"
SWEEP_AFTER_SECONDS = 60  # a younger folder may belong to a run that has not locked it yet
AS_ROOT = os.geteuid() == 0
ACCOUNT = pwd.getpwnam("nobody") if AS_ROOT else pwd.getpwuid(os.geteuid())
BASE = Path("/tmp") if AS_ROOT else Path(tempfile.gettempdir())  # root's own TMPDIR may be closed to others


class ServerFailed(RuntimeError):
    """A server that the tests need is missing or did not start; the message says which and why."""


def leash(command: list[str], *, orphan_signal: str) -> list[str]:
    """`command` made to run as the servers' account, and to get `orphan_signal` when we are gone."""
    if not shutil.which("setpriv"):
        raise ServerFailed("The program 'setpriv' is missing. Install the package util-linux.")
    account = ["--reuid", str(ACCOUNT.pw_uid), "--regid", str(ACCOUNT.pw_gid), "--clear-groups"] if AS_ROOT else []
    return ["setpriv", *account, "--no-new-privs", "--pdeathsig", orphan_signal, "--", *command]


def private_folder(name: str) -> tuple[Path, int]:
    """A new folder for the server called `name`, and the handle that holds it for us."""
    sweep()
    folder = Path(tempfile.mkdtemp(prefix=f"{FOLDER_PREFIX}{name}-", dir=BASE))
    hand_over(folder)
    return folder, hold(folder)


def hand_over(path: Path) -> None:
    """Give a file, or a folder with all it holds, to the servers' account."""
    if AS_ROOT:
        for part in (path, *path.rglob("*")):
            os.chown(part, ACCOUNT.pw_uid, ACCOUNT.pw_gid, follow_symlinks=False)


def hold(folder: Path) -> int:
    """Hold `folder` until this process ends. Raises BlockingIOError when another process holds it."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise
    return handle


def sweep() -> None:
    """Remove what killed test runs left behind: old folders of our account that no living process holds."""
    for folder in BASE.glob(f"{FOLDER_PREFIX}*"):
        try:
            found = folder.lstat()
            if found.st_uid != ACCOUNT.pw_uid or time.time() - found.st_ctime < SWEEP_AFTER_SECONDS:
                continue
            handle = hold(folder)
        except OSError:
            continue  # another run's, or gone meanwhile
        shutil.rmtree(folder, ignore_errors=True)
        os.close(handle)

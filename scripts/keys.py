"""Makes the embedded run's secret and key ring, once, readable by their owner alone: `python keys.py FOLDER`."""

import base64
import os
import secrets
import sys
from pathlib import Path


def write_once(path: Path, text: str) -> bool:
    """Write `text` to `path` with mode 600 unless it exists; whether it was written."""
    if path.exists():
        path.chmod(0o600)
        return False
    half_written = path.with_suffix(".new")
    half_written.unlink(missing_ok=True)
    descriptor = os.open(half_written, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(descriptor)
    half_written.rename(path)
    return True


def main(folder: Path) -> None:
    """Make both files in `folder`, and say once that the ring needs a backup."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_once(folder / "secret", secrets.token_urlsafe(60) + "\n")
    if write_once(folder / "ring", f"k1:{base64.b64encode(secrets.token_bytes(32)).decode()}\n"):
        print(
            f"Made the key ring {folder / 'ring'}. Without it nobody can read what people write. "
            "Back it up, and keep that copy apart from the database's.",
            file=sys.stderr,
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""Copies NHS.UK's compiled page assets, and cleans them of everything that would call another server.

Used as `python assets.py NODE_MODULES VAR`. No logo and no favicon is copied: they are marks of the NHS, and Keel is
not the NHS.
"""

import re
import shutil
import sys
from pathlib import Path

SOURCE_MAP = re.compile(r"/\*[#@] sourceMappingURL=[^*]*\*/|//[#@] sourceMappingURL=\S*")
REMOTE_URL = r"url\(\s*[\"']?(?:https?:)?//[^)]*\)"
REMOTE_FONT_FACE = re.compile(r"@font-face\s*\{[^}]*?" + REMOTE_URL + r"[^}]*\}")
REMOTE_IMPORT = re.compile(r"@import\s+(?:url\(\s*)?[\"']?(?:https?:)?//[^;]*;")
OWN_FILE = re.compile(r"url\(\s*[\"']?/(assets/[^)\"']+)[\"']?\s*\)")


def clean_css(css: str) -> str:
    """`css` without remote fonts, imports, pictures and source maps, and with its own files beside it."""
    for remote in (REMOTE_FONT_FACE, REMOTE_IMPORT, SOURCE_MAP):
        css = remote.sub("", css)
    css = re.sub(REMOTE_URL, "none", css)
    return OWN_FILE.sub(r"url(\1)", css)


def refuse_remote(css: str) -> None:
    """Raise ValueError if `css` still names another server; www.w3.org only names SVG's vocabulary."""
    left = re.search(r"(?:https?://(?!www\.w3\.org/)|url\(\s*[\"']?//)[^\s)]*", css)
    if left:
        raise ValueError(f"NHS.UK's CSS still fetches from elsewhere: {left[0]}")


def own_files(css: str) -> list[str]:
    """The files, relative to the style sheet, that cleaned `css` draws with."""
    return sorted(set(re.findall(r"url\((assets/[^)]+)\)", css)))


def copy_nhsuk(package: Path, target: Path) -> None:
    """Lay the style sheet, the script and the icons of nhsuk-frontend's folder `package` into `target`, afresh."""
    built = package / "dist" / "nhsuk"
    css = clean_css((built / "nhsuk-frontend.min.css").read_text(encoding="utf-8"))
    refuse_remote(css)
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    (target / "nhsuk-frontend.min.css").write_text(css, encoding="utf-8")
    script = (built / "nhsuk-frontend.min.js").read_text(encoding="utf-8")
    (target / "nhsuk-frontend.min.js").write_text(SOURCE_MAP.sub("", script), encoding="utf-8")
    for name in own_files(css):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(built / name, target / name)


def main(node_modules: Path, var: Path) -> None:
    """Copy what pages need to `var`/assets, and what only tests need to `var`/assets-dev."""
    copy_nhsuk(node_modules / "nhsuk-frontend", var / "assets" / "nhsuk")
    (var / "assets-dev").mkdir(exist_ok=True)
    shutil.copyfile(node_modules / "axe-core" / "axe.min.js", var / "assets-dev" / "axe.min.js")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

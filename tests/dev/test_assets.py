"""NHS.UK's assets come without the NHS's marks, and call no other server."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from scripts.assets import clean_css, copy_nhsuk, own_files, refuse_remote

COPIED = Path(settings.VAR_DIR) / "assets" / "nhsuk"
FONT = '@font-face{font-family:F;src:url(https://fonts.example/f.woff2) format("woff2"),url("//fonts.example/f.woff")}'


def test_clean_css_with_a_remote_font_drops_the_whole_rule():
    assert clean_css(FONT + ".a{color:red}") == ".a{color:red}"


def test_clean_css_with_a_font_of_its_own_keeps_it():
    css = "@font-face{font-family:F;src:url(fonts/f.woff2)}"
    assert clean_css(css) == css


def test_clean_css_with_a_remote_picture_draws_nothing_there():
    assert (
        clean_css(".a{background:url('https://pictures.example/a.png') no-repeat}") == ".a{background:none no-repeat}"
    )


@pytest.mark.parametrize("css", ["@import url(https://c.example/a.css);.a{}", '@import "//c.example/a.css";.a{}'])
def test_clean_css_with_a_remote_import_drops_it(css):
    assert clean_css(css) == ".a{}"


def test_clean_css_with_a_source_map_drops_its_address():
    assert clean_css(".a{}\n/*# sourceMappingURL=a.css.map */\n").strip() == ".a{}"


def test_clean_css_finds_its_icons_beside_the_style_sheet():
    css = clean_css(".a{background:url(/assets/images/cross.svg)}")
    assert css == ".a{background:url(assets/images/cross.svg)}"
    assert own_files(css) == ["assets/images/cross.svg"]


@pytest.mark.parametrize(
    "css",
    [".a{background:image-set('https://c.example/a.png' 1x)}", "@import 'http://c.example'", ".a{b:url( //c.example)}"],
)
def test_refuse_remote_with_an_address_left_in_raises(css):
    with pytest.raises(ValueError, match="fetches from elsewhere"):
        refuse_remote(css)


def test_refuse_remote_with_a_picture_inside_the_style_sheet_passes():
    refuse_remote(".a{background:url(\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>\")}")


def test_copy_nhsuk_takes_the_style_sheet_the_script_and_only_the_icons_it_draws_with(tmp_path):
    built = tmp_path / "package" / "dist" / "nhsuk"
    (built / "assets" / "images").mkdir(parents=True)
    (built / "nhsuk-frontend.min.css").write_text(FONT + ".a{background:url(/assets/images/cross.svg)}")
    (built / "nhsuk-frontend.min.js").write_text("go();//# sourceMappingURL=nhsuk-frontend.min.js.map\n")
    for name in ("cross.svg", "favicon.ico", "nhsuk-icon-180.png"):
        (built / "assets" / "images" / name).touch()

    copy_nhsuk(tmp_path / "package", tmp_path / "copy")

    copied = {path.relative_to(tmp_path / "copy").as_posix() for path in (tmp_path / "copy").rglob("*.*")}
    assert copied == {"nhsuk-frontend.min.css", "nhsuk-frontend.min.js", "assets/images/cross.svg"}
    assert (tmp_path / "copy" / "nhsuk-frontend.min.js").read_text() == "go();\n"


def test_the_copied_assets_call_no_other_server_and_miss_no_file():
    css = (COPIED / "nhsuk-frontend.min.css").read_text()
    assert "://" not in css
    assert all((COPIED / name).is_file() for name in own_files(css))
    assert len(own_files(css)) == len(set(re.findall(r"url\(([^)]*)\)", css)))


def test_the_copied_assets_hold_no_mark_of_the_nhs():
    names = {path.name for path in COPIED.rglob("*.*")}
    assert not [name for name in names if re.search("logo|favicon|mask|opengraph|180|192|512", name)]

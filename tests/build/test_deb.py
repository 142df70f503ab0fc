"""The tree of the .deb: a launcher, an entry in the menu, an icon, and a description dpkg reads."""

from __future__ import annotations

import os
from pathlib import Path
from xml.etree import ElementTree

import pytest

from desktop.exchange.package import format
from desktop.exchange.task_file import format as task_format

pytestmark = pytest.mark.skipif(os.name == "nt", reason="packages of Debian are made on Linux")


def test_the_tree(tmp_path: Path) -> None:
    import deb

    frozen = tmp_path / "frozen"
    (frozen / "_internal").mkdir(parents=True)
    (frozen / "ziping").write_bytes(b"x GLIBC_2.34\0 GLIBC_2.4\0")
    tree = tmp_path / "tree"
    deb.lay_out(frozen, tree, "1.2.3", "amd64")
    control = (tree / "DEBIAN/control").read_text(encoding="utf-8")
    assert "Version: 1.2.3\n" in control
    assert "libc6 (>= 2.34)" in control
    assert os.access(tree / "usr/bin/ziping", os.X_OK)
    entry = (tree / "usr/share/applications/ziping.desktop").read_text(encoding="utf-8")
    assert "Icon=ziping\n" in entry and "整体支出绩效自评助手" in entry
    kinds = ElementTree.parse(tree / "usr/share/mime/packages/ziping.xml").getroot()
    assert "MimeType=" + "".join(f"{kind.get('type')};" for kind in kinds) in entry
    patterns = [glob.get("pattern") for kind in kinds for glob in kind if glob.tag.endswith("}glob")]
    assert patterns == [f"*{format.ENDING}", f"*{task_format.ENDING}"]
    assert [kind[0].text for kind in kinds] == [format.FORMAT, task_format.FORMAT]
    assert (tree / "usr/share/icons/hicolor/256x256/apps/ziping.png").is_file()


def test_a_library_left_out_is_told(tmp_path: Path) -> None:
    import deb
    import system_packages

    (tmp_path / "_internal").mkdir()
    first, *others = system_packages.WITH_A_SCREEN.values()
    for name in others:
        (tmp_path / "_internal" / name).write_bytes(b"x")
    assert deb.lacking_for_windows(tmp_path) == [first]

"""The installer's script and the program agree, and nothing of the user's is ever removed."""

from __future__ import annotations

import hashlib
import re
import zipfile
from pathlib import Path

from desktop import paths
from desktop.exchange.exporters import EXPORTERS
from desktop.exchange.package import format
from desktop.exchange.task_file import format as task_format
from desktop.system import platform_windows
from tests.places import ROOT

SCRIPT = (ROOT / "build" / "installer.nsi").read_text(encoding="utf-8")


def defined(name: str) -> str:
    found = re.search(rf'^!define {name} "?([^"\n]+)"?$', SCRIPT, re.M)
    assert found is not None
    return found[1]


def test_the_mutex_has_one_name() -> None:
    assert defined("MUTEX") == platform_windows.MUTEX


def test_the_oldest_windows_is_the_same() -> None:
    assert int(defined("OLDEST_BUILD")) == platform_windows.OLDEST_BUILD


def test_the_product_is_called_the_same_everywhere() -> None:
    import trial
    import version_info

    names = {defined("PRODUCT"), version_info.PRODUCT, paths.APP_NAME, platform_windows.TITLE}
    assert names == {"整体支出绩效自评助手"}
    assert defined("FOLDER") == trial.FOLDER


def test_folders_are_removed_whole_only_where_all_in_them_is_ours() -> None:
    removed = re.findall(r"^\s*RMDir /r (.+)$", SCRIPT, re.M)
    assert set(removed) == {r'"$INSTDIR\_internal"', r'"$INSTDIR\_internal.old"'}
    assert not re.search(r"LOCALAPPDATA\\\$\{PRODUCT\}\"?\s*$", "\n".join(removed))


def test_packages_are_opened_by_the_program_until_it_is_removed() -> None:
    import trial

    assert defined("PACKAGE") == format.ENDING
    assert defined("PACKAGE_NAME") == format.FORMAT
    assert defined("PACKAGE_CLASS") == trial.PACKAGE_CLASS
    assert (defined("TASK"), defined("TASK_NAME")) == (task_format.ENDING, task_format.FORMAT)
    kept, removed = SCRIPT.split('Section "Uninstall"')
    for kind in ("PACKAGE", "TASK"):
        assert f'OpenWithUs "${{{kind}}}" "${{{kind}_CLASS}}" "${{{kind}_NAME}}"' in kept
        assert f'NoLongerOpenWithUs "${{{kind}}}" "${{{kind}_CLASS}}"' in removed
    for key in ("Software\\Classes\\${class}", "Software\\Classes\\${ending}"):
        assert f'WriteRegStr HKCU "{key}" ""' in kept
        assert f'DeleteRegKey HKCU "{key}"' in kept  # of the macro that the uninstaller uses


def test_the_trial_leaves_out_no_export() -> None:
    import trial

    endings = {exporter.id: exporter.ending for exporter in EXPORTERS.values()}
    assert endings == trial.FORMATS, "write the new format into FORMATS of build/trial.py"


def test_it_asks_for_no_administrator() -> None:
    assert "RequestExecutionLevel user" in SCRIPT
    assert "HKLM" not in SCRIPT


def test_the_portable_zip_keeps_its_data_beside_it(tmp_path: Path) -> None:
    import installer

    folder = tmp_path / "ziping"
    (folder / "_internal").mkdir(parents=True)
    (folder / "ziping.exe").write_bytes(b"x")
    installer.make_portable(folder, tmp_path / "a.zip")
    with zipfile.ZipFile(tmp_path / "a.zip") as packed:
        names = packed.namelist()
    assert f"{paths.APP_NAME}/{paths.PORTABLE_MARK}" in names
    assert f"{paths.APP_NAME}/ziping.exe" in names


def test_checksums_are_those_of_the_files(tmp_path: Path) -> None:
    import installer

    (tmp_path / "b.exe").write_bytes(b"program")
    told = installer.write_checksums(tmp_path).read_text(encoding="utf-8")
    assert told == f"{hashlib.sha256(b'program').hexdigest()}  b.exe\n"


def test_every_bundled_library_has_its_licence() -> None:
    """Distributions that the program's dependencies bring -> the text in resources/licenses."""
    folder = ROOT / "resources" / "licenses"
    notice = (folder / "NOTICE.txt").read_text(encoding="utf-8")
    for name in re.findall(r"[\w.+-]+\.txt", notice):
        assert (folder / name).is_file() or name == "NOTICE.txt", name
    assert all(path.name in notice for path in folder.glob("*.txt") if path.name != "NOTICE.txt")
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    needed = re.findall(r'^    "([A-Za-z0-9-]+)>=', text.partition("[dependency-groups]")[0], re.M)
    assert needed
    assert [name for name in needed if name.lower() not in notice.lower()] == []

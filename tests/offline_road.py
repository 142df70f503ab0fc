"""The program's whole road in a process that may not open any socket but one of this machine (AF_UNIX).

Run by `test_offline` in a process of its own: `python -m tests.offline_road FOLDER`. Python's audit hook names
who asked; a seccomp filter of Linux stops what goes past Python (Qt, other libraries) by ending the process.
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct
import sys
import traceback
from pathlib import Path

UNIT, YEAR = "清河县农业农村局", "2023"
LOCAL = 1
"""AF_UNIX: the window's single instance."""
_NAMES = ("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg")
_LOOK_UPS = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo")
SEEN: list[str] = []


def forbid_in_python() -> None:
    """Every socket of another family, and every look-up of a name, is noted and fails."""

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        remote = event in _LOOK_UPS or event.startswith(("urllib.", "http.client.", "ftplib.", "smtplib."))
        if event == "socket.__new__":
            remote = int(str(arguments[1])) != LOCAL
        elif event in _NAMES:
            remote = getattr(arguments[0], "family", None) != LOCAL
        if remote:
            SEEN.append(f"{event}\n{''.join(traceback.format_stack(limit=6))}")
            raise PermissionError(f"{event} in a program that never uses the network")

    sys.addaudithook(hook)


def forbid_in_the_kernel() -> bool:
    """socket() of another family than AF_UNIX ends the process; False where there is no such filter."""
    if not sys.platform.startswith("linux") or platform.machine() != "x86_64":
        return False
    load, jump_if_equal, give = 0x20, 0x15, 0x06
    allow, kill, socket_number, first_argument = 0x7FFF0000, 0x80000000, 41, 16
    steps = [
        (load, 0, 0, 0),
        (jump_if_equal, 0, 3, socket_number),
        (load, 0, 0, first_argument),
        (jump_if_equal, 1, 0, LOCAL),
        (give, 0, 0, kill),
        (give, 0, 0, allow),
    ]
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    program = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(steps), ctypes.addressof(code)))
    libc = ctypes.CDLL(None, use_errno=True)
    no_new_rights, filtering, mode = 38, 22, 2
    if libc.prctl(no_new_rights, 1, 0, 0, 0):
        return False
    return bool(libc.prctl(filtering, mode, program, 0, 0) == 0)


def road(folder: Path) -> None:
    """Sample → every export → back in elsewhere → score, audit; then the window, every tab and the preview."""
    from desktop import cli

    def run(*words: str) -> None:
        code = cli.main(["--data-dir", str(folder / "data"), *words])
        assert code != cli.WRONG, words

    out = folder / "out"
    assert cli.main(["demo", "--out", str(out)]) == 0
    report = ("--unit", UNIT, "--year", YEAR)
    for ending in (".xlsx", ".docx", ".zpb"):
        (file,) = out.glob(f"*{ending}")
        run("import", str(file), "--yes")
        run("audit", str(file)) if ending == ".docx" else None
    run("score", *report)
    run("audit", *report)
    for kind in ("pdf", "docx", "xlsx"):
        run("export", *report, "--format", kind, "-o", str(folder / f"again.{kind}"))


def main() -> int:
    folder = Path(sys.argv[1])
    forbid_in_python()
    print("kernel" if forbid_in_the_kernel() else "python only", flush=True)
    if sys.argv[2:] == ["python"]:
        import socket

        socket.getaddrinfo("localhost", 80)
    elif sys.argv[2:] == ["beside python"]:
        ctypes.CDLL(None).socket(2, 1, 0)
    else:
        road(folder)
    print("\n".join(SEEN), file=sys.stderr)
    return 1 if SEEN else 0


if __name__ == "__main__":
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    sys.exit(main())

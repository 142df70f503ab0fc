"""The one way files are put on disk: beside the old one, whole, and then in its place."""

from __future__ import annotations

import errno
import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from desktop.errors import UserError
from desktop.paths import sync_folder


def write_atomically(path: Path, data: bytes) -> None:
    """Write a temporary file beside `path`, then put it in place in one step.

    Whatever fails, the old file stays as it was and no temporary file is left. Failures of the disk become
    UserErrors.
    """
    target = Path(os.path.realpath(path))
    if target.is_dir():
        raise UserError(f"“{path.name}”是一个文件夹，不能当作文件保存。", "请换一个文件名。")
    temporary = target.with_name(f"~{secrets.token_hex(6)}.tmp")
    try:
        _fill(_create(temporary, target), data, target)
        _put_in_place(temporary, target)
    finally:
        with suppress(OSError):  # the disk may be gone; then nothing is left to clean
            temporary.unlink(missing_ok=True)


def _create(temporary: Path, target: Path) -> BinaryIO:
    try:
        return temporary.open("xb")
    except (FileNotFoundError, NotADirectoryError) as error:
        if target.parent.is_dir():
            raise _disk_error(PermissionError(errno.EACCES, "read-only"), target) from error
        raise UserError(
            f"文件夹“{target.parent}”不存在，“{target.name}”没有保存。", "请选择另一个文件夹，或先新建它。"
        ) from None
    except OSError as error:
        raise _disk_error(error, target) from error


def _fill(stream: BinaryIO, data: bytes, target: Path) -> None:
    try:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    except OSError as error:
        raise _disk_error(error, target) from error
    finally:
        with suppress(OSError):  # after a failure, closing tries to write the rest once more
            stream.close()


def _put_in_place(temporary: Path, target: Path) -> None:
    try:
        os.replace(temporary, target)
    except PermissionError:
        raise _in_use(target) from None
    except OSError as error:
        raise _disk_error(error, target) from error
    with suppress(OSError):  # the file is there, whole; this is for a power cut within the next seconds
        sync_folder(target.parent)


_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_LOCKED = {errno.EACCES, errno.EPERM, errno.EROFS}


def _disk_error(error: OSError, target: Path) -> UserError:
    if error.errno in _FULL:
        return UserError(f"磁盘空间不足，“{target.name}”没有保存。", "请清理磁盘，或保存到另一个磁盘。")
    if error.errno in _LOCKED:
        return UserError(
            f"文件夹“{target.parent}”不允许写入，“{target.name}”没有保存。", "请保存到桌面或“文档”等文件夹。"
        )
    if error.errno in (errno.ENAMETOOLONG, errno.EINVAL):
        return UserError(f"文件名或路径不合要求，“{target.name}”没有保存。", "请缩短文件名，或换一个文件夹。")
    return UserError(f"写入时出错，“{target.name}”没有保存。", "请检查磁盘、U 盘或网络，或换一个文件夹。")


def _in_use(target: Path) -> UserError:
    return UserError(
        f"“{target.name}”正被其他程序使用或是只读文件，没有保存。",
        "请在 Excel、WPS 或 PDF 阅读器里关闭它后再保存，或换一个文件名。",
    )

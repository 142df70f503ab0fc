#!/usr/bin/env bash
# The whole road to a tried Windows installer on Linux, for every release: Wine, freeze, install, windows,
# upgrade, refusals, uninstall, portable zip. Needs root (debootstrap, chroot). Pictures: dist/pictures.
set -euo pipefail
cd "$(dirname "$0")/.."
exec python3 build/build.py windows "$@"

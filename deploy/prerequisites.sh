#!/usr/bin/env bash
# Installs the Debian packages Tutor needs and this machine lacks. With "tests" also those its tests need.
# Does nothing, and needs no rights, when all are there.
set -euo pipefail

need=()
have() { command -v "$1" >/dev/null 2>&1; }
want() { have "$1" || need+=("$2"); }

command -v dotnet >/dev/null || { echo "Install the .NET 10 SDK first, then run this again." >&2; exit 1; }
want node nodejs
want npm npm
want bwrap bubblewrap
want setpriv util-linux
want prlimit util-linux
[ -x /usr/bin/python3 ] || need+=(python3-minimal)
# llama.cpp's threads.
compgen -G "/usr/lib/*/libgomp.so.1" >/dev/null || need+=(libgomp1)
if [ "${1:-}" = tests ]; then
  # Chromium without its windows: the same pages take half the processor time.
  want chromium-headless-shell chromium-headless-shell
  want sqlite3 sqlite3
  want strace strace
  [ -x /usr/sbin/haproxy ] || need+=(haproxy)
  [ -d /usr/share/fonts/truetype ] || need+=(fonts-liberation)
  # The tests start a server of their own from it; the one Debian starts at installation is not used.
  compgen -G "/usr/lib/postgresql/*/bin/postgres" >/dev/null || need+=(postgresql)
fi

[ ${#need[@]} -eq 0 ] && exit 0

if ! have apt-get; then
  echo "Please install these with your package manager, then run this again: ${need[*]}" >&2
  exit 1
fi
sudo=""
if [ "$(id -u)" -ne 0 ]; then sudo="sudo"; fi
echo "Installing ${need[*]} ..."
export DEBIAN_FRONTEND=noninteractive
$sudo apt-get -o DPkg::Lock::Timeout=400 update -qq
$sudo apt-get -o DPkg::Lock::Timeout=400 install -y -qq --no-install-recommends "${need[@]}" >/dev/null

#!/bin/sh
# Prints what every module of a kernel takes from elsewhere, as binutils see it: undefined.sh ROOT
# One line a symbol: the module's path below the kernel's directory, without the ending of compression, and the symbol.
set -eu

# Enough files for the start of a program not to count.
BATCH=128

fail() {
  echo "undefined: $1" >&2
  exit 1
}

[ $# -eq 1 ] || fail 'usage: undefined.sh ROOT'
set -- "$1"/usr/lib/modules/*
if [ $# -ne 1 ] || [ ! -d "$1" ]; then fail "$1: not the modules of exactly one kernel"; fi
for tool in nm xz; do
  command -v "$tool" >/dev/null || fail "$tool is missing; run: sh build/setup.sh"
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
mkdir "$work/modules"
# Packed modules are unpacked elsewhere, plain ones read where they are.
cd "$1"
find . -name '*.ko.xz' -print0 | xargs -0 -r cp --parents -t "$work/modules"
find "$work/modules" -name '*.xz' -print0 | xargs -0 -r -n "$BATCH" -P "$(nproc)" xz -d
# -A puts the file before each symbol; nm reads the ELF of other machines all the same.
symbols() { find . -name '*.ko' -print0 | xargs -0 -r -n "$BATCH" nm -uA; }
symbols >"$work/plain"
cd "$work/modules"
symbols >"$work/unpacked"
sed 's,^\./\(.*\.ko\): *[Uwv] ,\1 ,' "$work/plain" "$work/unpacked"

#!/bin/sh
# Fetches the source of QuickJS from Debian trixie with apt and unpacks it: fetch.sh DIRECTORY
# The host's own mirror and keyring are used through a private apt configuration, so a Debian 12 or 13 host stays
# as it is: nothing is added to /etc/apt and nothing to /var/lib/apt. The last line printed is the source folder.
set -eu

suite=trixie
version=2025-04-26
# sha256 of quickjs_2025.04.26.orig.tar.xz, as trixie's signed Sources index gives it.
checksum=ec81da5b3249ed648dbc7df4a1654988910e66a118d9b71cb63534216efcfbbe

fail() {
  echo "quickjs: $1" >&2
  exit 1
}

[ $# -eq 1 ] || fail 'usage: fetch.sh DIRECTORY'
mkdir -p "$1"
home=$(cd "$1" && pwd)
source=$home/$version
if [ -e "$source/.complete" ]; then
  echo "$source"
  exit 0
fi
command -v apt-get >/dev/null || fail 'apt-get is missing; QuickJS is fetched on a Debian host'
command -v xz >/dev/null || fail 'xz is missing; install the package xz-utils'

# `indextargets` reads deb822 and one-line sources alike. The rule is that of build/image/mirror.mjs: an archive of a suite
# without a suffix that says it is Debian; before the first update apt does not know that, and the path has to do.
# shellcheck disable=SC2016 # apt's own variables
archive=$(apt-get indextargets --format '$(REPO_URI)|$(RELEASE)|$(COMPONENT)|$(ORIGIN)' 'Created-By: Packages' |
  awk -F '|' '$3 != "main" || $2 ~ /[-\/]/ { next }
    $4 == "Debian" && origin == "" { origin = $1 }
    $1 ~ /\/debian\/?$/ && path == "" { path = $1 }
    END { print origin != "" ? origin : path }')
[ -n "$archive" ] || fail 'no Debian archive (component main) in the apt sources of this host; add one'
keyring=
for name in debian-archive-keyring.gpg debian-archive-keyring.pgp; do
  [ -r "/usr/share/keyrings/$name" ] && keyring=/usr/share/keyrings/$name && break
done
[ -n "$keyring" ] || fail 'no Debian archive keyring; install the package debian-archive-keyring'

work=$home/apt.$$
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
mkdir -p "$work/lists/partial" "$work/cache/archives/partial" "$work/unpacked"
echo "deb-src [signed-by=$keyring] $archive $suite main" >"$work/sources.list"

private_apt() {
  apt-get -q -o Dir::Etc::sourcelist="$work/sources.list" -o Dir::Etc::sourceparts=/dev/null \
    -o Dir::State::lists="$work/lists" -o Dir::Cache="$work/cache" -o APT::Sandbox::User="$(id -un)" \
    -o Acquire::Languages=none -o Acquire::IndexTargets::deb-src::Contents-deb-src::DefaultEnabled=false "$@"
}

echo "quickjs: fetching the source package of $suite" >&2
(cd "$work" && private_apt update >&2 && private_apt source --download-only quickjs >&2) ||
  fail "apt could not fetch it from $suite; see its message above"
tarball=$(find "$work" -maxdepth 1 -name 'quickjs_*.orig.tar.*' ! -name '*.asc')
[ -n "$tarball" ] || fail 'the source package holds no orig tarball'
echo "$checksum  $tarball" | sha256sum -c --status || fail "$(basename "$tarball") is not the pinned one (sha256)"

tar -xf "$tarball" -C "$work/unpacked" --strip-components=1 --no-same-owner
touch "$work/unpacked/.complete"
# Another run may have been faster, and somebody may be compiling from its folder: that one stays.
[ -e "$source/.complete" ] || { rm -rf "$source" && mv -T "$work/unpacked" "$source"; }
echo "$source"

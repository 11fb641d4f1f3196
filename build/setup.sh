#!/bin/sh
# Installs what building, testing and the demo need and this machine lacks. Plain sh: node modules do not exist yet.
# Safe to run at any time; when nothing is missing it costs one dpkg-query. Exit codes as in docs/exit-codes.md.
set -eu

EXIT_TOOL=4
# The oldest Node this project runs on, as in package.json's "engines".
NODE_MAJOR=20
NODE_MINOR=19
STAMP=node_modules/.macveil-setup
# Debian 13's signing key, which keyrings older than Debian 12.11 lack.
IMAGE_KEY=/usr/share/keyrings/debian-archive-trixie-automatic.gpg

# Each package and why it is needed; recommended packages are not installed, so what is needed is named.
packages() {
  cat <<'END'
apt|reads this machine's package sources, and fetches QuickJS
binutils|links the hook; readelf shows that it is a static program, nm reads kernel modules for a second opinion
bzip2|unpacks initrds packed with it
cpio|makes and lists initrds that tests read, and adds programs to those of test machines
debian-archive-keyring|the keys that sign Debian's packages
debhelper|makes the Debian packages, with dpkg-dev
dosfstools|makes the EFI system partition that a test boots
fdisk|sfdisk, the partition table around it
gcc|compiles QuickJS (musl-gcc is a wrapper around it)
groff-base|formats the manual pages, to find mistakes in them
grub-common|grub-script-check and grub-syslinux2cfg, which read the boot menus that tests make; 10_linux, from which 11_macveil takes its entries
iproute2|makes the test interfaces, and reads links on the build host
kmod|depmod, modinfo, and modprobe, which tests ask whether the list holds
libc6-dev|C headers for the bytecode compiler, which runs on this machine
lintian|judges them
linux-libc-dev|kernel headers for the hook's netlink calls
lz4|unpacks initrds packed with it
macchanger|changes addresses in the shell script that the benchmark measures the hook against
mmdebstrap|makes the Debian root of the demo image, and the one in which dkms builds drivers
mtools|fills that partition without mounting it
musl-tools|links the hook statically, against nothing of the image
nftables|nft, by which the Node adapter sets egress guards and tests meddle with them
ovmf|boots images by UEFI, for the tests of boot menus
python3|measures time and memory of programs for the benchmark, sends the frames that a guard must drop
qemu-system-x86|boots images with many network cards; brings its firmware (seabios, ipxe-qemu)
shellcheck|checks the shell files
squashfs-tools|packs the root of the demo image
strace|counts what the hook asks of the kernel: for the benchmark, and as a second opinion for the fault injector of the tests
systemd-boot-efi|the boot loader that tests start from it
tshark|decodes captured frames for people
xorriso|writes and reads the ISO of the demo image
xz-utils|unpacks .ko.xz kernel modules
zstd|unpacks .ko.zst kernel modules and initramfs archives
END
}

say() { printf 'setup: %s\n' "$*"; }

fail() {
  printf 'setup: %s\n  %s\n' "$1" "$2" >&2
  exit "$EXIT_TOOL"
}

require_debian() {
  command -v dpkg-query >/dev/null && command -v apt-get >/dev/null && return
  fail 'this machine has no dpkg-query and apt-get' 'use Debian 12 or 13 (a container or a virtual machine will do)'
}

require_node() {
  for program in node npm; do
    command -v "$program" >/dev/null && continue
    fail "$program is not installed" "install Node.js $NODE_MAJOR.$NODE_MINOR or later with npm (Debian 13: packages nodejs and npm)"
  done
  version=$(node --version)
  major=${version#v} && major=${major%%.*}
  minor=${version#v*.} && minor=${minor%%.*}
  [ "$major" -gt "$NODE_MAJOR" ] && return
  [ "$major" -eq "$NODE_MAJOR" ] && [ "$minor" -ge "$NODE_MINOR" ] && return
  fail "Node.js is $version, too old" "install Node.js $NODE_MAJOR.$NODE_MINOR or later"
}

# Names of the packages of the table that are not installed, one a line.
missing_packages() {
  names=$(packages | cut -d '|' -f 1)
  # dpkg-query fails when it does not know one of them; what it knows is on its output all the same.
  # shellcheck disable=SC2086,SC2016 # one word a package; the braces are dpkg-query's own
  installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' $names 2>/dev/null || true)
  for name in $names; do
    case "
$installed
" in
    *"
installed $name
"*) ;;
    *) echo "$name" ;;
    esac
  done
  [ -e "$IMAGE_KEY" ] || [ ! -e "${IMAGE_KEY%/*}/debian-archive-keyring.gpg" ] || echo debian-archive-keyring
}

explain() {
  for name in $1; do
    say "  $name: $(packages | sed -n "s/^$name|//p")"
  done
}

# How to become root: empty for root; sudo may ask for a password only where someone can answer.
privilege() {
  if [ "$(id -u)" -eq 0 ]; then
    return 0
  elif ! command -v sudo >/dev/null; then
    return 1
  elif [ -t 0 ]; then
    echo sudo
  else
    sudo -n true 2>/dev/null && echo sudo -n
  fi
}

install_packages() {
  # shellcheck disable=SC2086 # one word a package
  set -- $1
  say "$# Debian package(s) missing:"
  explain "$*"
  prefix=$(privilege) || fail 'installing packages needs root, and sudo is not there or cannot ask for a password here' \
    "run as root: apt-get update && apt-get install --no-install-recommends $*"
  # noninteractive: tshark's package would ask who may capture; needrestart would ask what to restart.
  run_apt update
  run_apt install --yes --no-install-recommends "$@"
}

run_apt() {
  say "apt-get $1 ..."
  # shellcheck disable=SC2086 # sudo and its option
  $prefix env DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 \
    apt-get --quiet --option DPkg::Lock::Timeout=300 --option Dpkg::Use-Pty=0 "$@" </dev/null ||
    fail "apt-get $1 failed" "its own messages are above; when that is repaired, run this again"
}

# What the installed node modules depend on; cksum is enough to notice a change.
modules_key() {
  echo "$version $(cksum package.json package-lock.json)"
}

install_modules() {
  [ -f "$STAMP" ] && [ "$(cat "$STAMP")" = "$(modules_key)" ] && return
  say 'node modules: npm ci ...'
  npm ci --no-audit --no-fund --loglevel=error </dev/null ||
    fail 'npm ci failed' 'its own messages are above; when that is repaired, run this again'
  modules_key >"$STAMP"
}

cd "$(dirname "$0")/.."
require_debian
require_node
missing=$(missing_packages | sort -u)
[ -z "$missing" ] || install_packages "$missing"
install_modules

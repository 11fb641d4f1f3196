#!/bin/sh
# Runs the command it is given and prints what came of it, one line each:
#   tried STATUS COMMAND    printed TEXT    said TEXT    module NAME    interface NAME ADDRESS DRIVER
set -u
# The initramfs exports -qb for its own scripts, which would hide every refusal.
unset MODPROBE_OPTIONS
cd /run/load/state || exit 1

# Prints what is in a list and was not there the last time, with the list's name in front.
news() {
  touch "$1.before"
  comm -13 "$1.before" "$1" | sed "s/^/$1 /"
  mv "$1" "$1.before"
}

# What hangs is named by its exit status, 124; the slowest run takes a few seconds.
timeout -k 10 120 "$@" >printed 2>said
echo "tried $? $*"
sed 's/^/printed /' printed
sed 's/^/said /' said
cut -d ' ' -f 1 /proc/modules | sort >module
news module
sed -n 's/^ *\([^:]*\):.*/\1/p' /proc/net/dev | sort >interface
news interface | while read -r word name; do
  driver=$(readlink "/sys/class/net/$name/device/driver")
  echo "$word $name $(cat "/sys/class/net/$name/address") ${driver##*/}"
done

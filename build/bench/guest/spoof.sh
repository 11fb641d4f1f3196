#!/bin/sh
# Anonymises one interface as a careful distribution's script would do it; udev calls it with the kernel's name of it.
# The benchmark measures macveil against this. Usage: spoof.sh INTERFACE
PATH=/bench/bin:/usr/sbin:/usr/bin:/sbin:/bin
nic=$1

log() { echo "spoof: $nic: $*" >/dev/kmsg; }

# The address macchanger shows as Current or Permanent.
address() { macchanger --show "$nic" | sed -n "s/^$1 MAC: *\([0-9a-f:]*\) .*/\1/p"; }

model() { udevadm info --query=property "/sys/class/net/$nic" | sed -n 's/^ID_MODEL_FROM_DATABASE=//p'; }

# Some drivers report no permanent address: then the one that is there before any change is the real one.
real_address() {
  permanent=$(address Permanent)
  case $permanent in
  '' | 00:00:00:00:00:00) address Current ;;
  *) echo "$permanent" ;;
  esac
}

shut_off() {
  log "$(model): its address could not be changed; shutting it off"
  module=$(basename "$(readlink -f "/sys/class/net/$nic/device/driver/module")")
  ip link set dev "$nic" down
  modprobe -r "$module" || log "$module cannot be unloaded"
  exit 1
}

ip link set dev "$nic" down
real=$(real_address)
for attempt in 1 2 3; do
  macchanger --ending "$nic" >/dev/null || continue
  [ "$(address Current)" = "$real" ] && continue
  log "$(model): has another address now (attempt $attempt)"
  exit 0
done
shut_off

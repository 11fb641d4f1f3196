#!/bin/sh
# A second opinion on a kernel, of which nothing is macveil's: oracle.sh ROOT
# Imports are read by nm; exports and aliases are depmod's indexes (libkmod). Prints, sorted, one line each:
#   choke NAME           imports a symbol that makes an interface, or lets a program ask for one
#   creator NAME         imports one that makes an interface, or something of a creator
#   device NAME ALIAS    a creator with an alias of a device, and its first
set -eu

[ $# -eq 1 ] || { echo 'usage: oracle.sh ROOT' >&2 && exit 1; }
undefined=$(mktemp)
trap 'rm -f "$undefined"' EXIT
sh build/kernels/undefined.sh "$1" >"$undefined"
set -- "$1"/usr/lib/modules/*

LC_ALL=C awk '
  BEGIN {
    split("register_netdevice register_netdev devm_register_netdev", list)
    for (i in list) registers[list[i]] = links[list[i]] = 1
    links["rtnl_link_register"] = links["__rtnl_link_register"] = 1
    # What a program asks for by name or number; every other alias with a colon is a bus and its device.
    programs = "^(rtnl-link|netdev|net-pf|char-major|tty-ldisc|genl|fs|devname|symbol)[-:]"
  }
  FILENAME ~ /modules\.symbols$/ && $1 == "alias" {
    exporter[substr($2, length("symbol:") + 1)] = $3
    next
  }
  FILENAME ~ /modules\.alias$/ {
    if ($1 == "alias" && $2 ~ /:/ && $2 !~ programs && !($NF in device)) device[$NF] = $2
    next
  }
  FILENAME !~ /modules\./ {
    name = $1
    sub(/.*\//, "", name)
    sub(/\..*/, "", name)
    gsub(/-/, "_", name)
    if ($2 in links) choke[name] = 1
    if ($2 in registers) creator[name] = 1
    else if ($2 in exporter) uses[name, exporter[$2]] = 1
  }
  END {
    do {
      more = 0
      for (pair in uses) {
        split(pair, ends, SUBSEP)
        if (ends[1] in creator || !(ends[2] in creator)) continue
        creator[ends[1]] = more = 1
      }
    } while (more)
    for (name in choke) print "choke", name
    for (name in creator) print "creator", name
    for (name in creator) if (name in device) print "device", name, device[name]
  }
' "$1/modules.symbols" "$1/modules.alias" "$undefined" | LC_ALL=C sort

#!/bin/sh
# Names the modules that import a registering symbol, as scripts of kernel packages do: each module is unpacked into a
# temporary file if needed, and nm reads the files in batches, on all cores.
# Usage: nm-pipeline.sh DIRECTORY
set -eu
# shellcheck disable=SC2016 # what is quoted is for the inner shell
find "$1" -name '*.ko*' -print0 | xargs -0 -n 64 -P "$(nproc)" sh -c '
  unpacked=$(mktemp -d)
  trap "rm -rf $unpacked" EXIT
  for module; do
    shift
    case $module in
      *.xz) file=$unpacked/${module##*/}; xz -dc "$module" > "$file" ;;
      *) file=$module ;;
    esac
    set -- "$@" "$file"
  done
  nm -uA "$@" | grep -wE "register_netdev|register_netdevice|devm_register_netdev|(__)?rtnl_link_register"
  true' sh

#!/bin/sh
# live-build runs this in the tree of the medium once its boot menus are written: each gets the choices of macveil.
set -eu
macveil=../config/macveil/macveil

set --
while read -r option; do set -- "$@" "$option"; done <../config/macveil/menu-options
for menu in boot/grub/grub.cfg isolinux/live.cfg syslinux/live.cfg; do
  [ ! -e "$menu" ] || $macveil menu "$menu" "$@"
done

#!/bin/sh
# live-build runs this in the root of the image once all packages are there, with its configuration at /live-build/config.
# It puts macveil into the root and proves that no blocked driver can load; if not, the build stops here. The program
# itself stays outside of the image.
set -eu
macveil=/live-build/config/macveil/macveil

set --
while read -r option; do set -- "$@" "$option"; done </live-build/config/macveil/install-options
$macveil install --root / --no-config --no-cache --update-initramfs "$@"
$macveil check --root /

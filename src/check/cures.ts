/** What helps when the root itself is not as `install` makes it. */
export const INSTALL_AGAIN = 'run macveil install --root again, then rebuild the initramfs';
/** What helps when a file of the distribution's package is not as it came. */
export const PACKAGE_AGAIN =
  'install the package macveil-hook again (apt-get install --reinstall), then rebuild the initramfs';
/** What helps when only the initrd is wrong. */
export const REBUILD = 'rebuild the initramfs (macveil install --root again with --update-initramfs)';
/** What helps when the kmod of an image is not fit to be asked. */
export const HOST_ONLY = "ask this host's kmod only: --host-kmod";

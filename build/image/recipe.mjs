// What the demo image is made of, as data; a change of this file makes a new image.

/** The Debian release of the image; Debian 13. */
export const SUITE = 'trixie';
/** e100 cards of the 82551 family stay silent without microcode, which Debian keeps in non-free-firmware. */
export const COMPONENTS = ['main', 'non-free-firmware'];

/** On top of Debian's essential packages. */
export const PACKAGES = [
  'linux-image-amd64',
  'firmware-intel-misc',
  'systemd-sysv',
  'udev',
  'dbus',
  'kmod',
  'initramfs-tools',
  'live-boot',
  'live-boot-initramfs-tools',
  'busybox',
  'zstd',
  // So that nf_tables stands unpacked in the initramfs.
  'xz-utils',
  'network-manager',
  'wpasupplicant',
  'iproute2',
  // Other managers, and tools, that scenarios of faults use; none of them runs by itself (see DISABLED_UNITS).
  'iwd',
  'ifupdown',
  'dhcpcd-base',
  'iw',
  'rfkill',
  'nftables',
  'tcpdump',
];

/** Managers that packages switch on; a scenario starts the one it wants with systemd.wants= on the kernel command line. */
export const DISABLED_UNITS = ['iwd.service', 'networking.service'];

/** dpkg leaves these out: nothing in the demo reads them, and a third of the root's size is theirs. */
export const DPKG_OPTIONS = [
  'path-exclude=/usr/share/doc/*',
  'path-exclude=/usr/share/info/*',
  'path-exclude=/usr/share/lintian/*',
  'path-exclude=/usr/share/locale/*',
  'path-exclude=/usr/share/man/*',
  'path-exclude=/usr/lib/firmware/*',
  'path-include=/usr/lib/firmware/e100/*',
  // The root is thrown away when the build fails: dpkg need not wait for the disk after each file.
  'force-unsafe-io',
];

/** Units that have nothing to do in a demonstration, and the terminal that would hang up the console's other writers. */
export const MASKED_UNITS = [
  'serial-getty@ttyS0.service',
  'dpkg-db-backup.timer',
  'fstrim.timer',
  'ldconfig.service',
  'systemd-journal-catalog-update.service',
  'NetworkManager-wait-online.service',
];

/** Files of the image that no package brings, by path; NetworkManager reads profiles only when they are private (0600). */
export const FILES = {
  '/etc/hostname': { text: 'macveil-demo\n' },
  '/etc/hosts': { text: '127.0.0.1 localhost\n127.0.1.1 macveil-demo\n::1 localhost\n' },
  // systemd's hardware database calls QEMU's usb-net a host-to-host cable, for which NetworkManager would skip DHCP.
  '/etc/NetworkManager/system-connections/usb.nmconnection': {
    mode: 0o600,
    text: `[connection]
id=usb
type=ethernet
multi-connect=3

[match]
driver=cdc_ether;cdc_subset;rndis_host;

[ipv4]
method=auto

[ipv6]
method=auto
`,
  },
};

/** Options of mksquashfs: measured, zstd 3 packs the root in 0.6 s; lz4 is larger and boots no faster. */
export const SQUASHFS_OPTIONS = ['-comp', 'zstd', '-Xcompression-level', '3', '-no-exports'];
/** The ISO's volume name. */
export const VOLUME = 'MACVEIL_DEMO';

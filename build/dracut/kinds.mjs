// What the initramfs of the tests are made of, as data; a change of this file makes new ones.

/** None by USB: see docs/dracut.md. Their drivers by name in the kernel. */
const CARD_DRIVERS = 'e1000 virtio_net pcnet32';
const WITHOUT_SYSTEMD = "--omit 'systemd systemd-initrd dracut-systemd'";
/** Of another machine: the drivers of its disk have to be named. */
const THIS_MACHINE = '--hostonly --no-hostonly-cmdline';
const DISK_DRIVERS = 'virtio_blk virtio_pci ext4';
/** With the drivers of all wired cards, and NetworkManager, or without systemd dracut's own scripts. */
const WITH_NETWORK = "--add 'network'";

/**
 * Of a root with macveil, dracut's options for each. Two have the drivers of the cards because they bring the network up, one by
 * name, and one leaves them to the root, as dracut does by itself.
 */
export const KINDS = {
  'systemd-generic': `--no-hostonly ${WITH_NETWORK}`,
  'systemd-hostonly': `${THIS_MACHINE} --add-drivers '${DISK_DRIVERS}'`,
  'classic-generic': `--no-hostonly ${WITH_NETWORK} ${WITHOUT_SYSTEMD}`,
  'classic-hostonly': `${THIS_MACHINE} --add-drivers '${DISK_DRIVERS} ${CARD_DRIVERS}' ${WITHOUT_SYSTEMD}`,
  'without-macveil': `--no-hostonly ${WITH_NETWORK} --omit macveil`,
};

/** Of the root before macveil was installed: the control, which shows real addresses. */
export const PLAIN = { plain: `--no-hostonly ${WITH_NETWORK}` };

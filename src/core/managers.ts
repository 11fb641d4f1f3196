/** A program that brings interfaces up by itself: its systemd units, and what its processes are called. */
export interface Manager {
  units: string[];
  /** As in /proc/PID/comm, which the kernel cuts after 15 characters (proc_pid_comm(5)). */
  processes: string[];
}

/** Every network manager and DHCP client that Debian has for desktops, live systems and servers. */
export const MANAGERS: readonly Manager[] = [
  { units: ['NetworkManager.service'], processes: ['NetworkManager'] },
  {
    units: ['systemd-networkd.service', 'systemd-networkd.socket'],
    processes: ['systemd-network'],
  },
  { units: ['iwd.service'], processes: ['iwd'] },
  {
    units: ['wpa_supplicant.service', 'wpa_supplicant@.service', 'wpa_supplicant-wired@.service'],
    processes: ['wpa_supplicant'],
  },
  { units: ['connman.service'], processes: ['connmand'] },
  { units: ['networking.service', 'ifup@.service'], processes: ['ifup'] },
  { units: ['dhcpcd.service', 'dhcpcd@.service'], processes: ['dhcpcd'] },
  { units: ['dhclient.service'], processes: ['dhclient', 'udhcpc'] },
];

/** The units of all managers. */
export const MANAGER_UNITS: readonly string[] = MANAGERS.flatMap(({ units }) => units);

/** The process names of all managers. */
export const MANAGER_PROCESSES: ReadonlySet<string> = new Set(MANAGERS.flatMap(({ processes }) => processes));

import type { Guard, GuardState } from '../core/guard.ts';
import type { Link } from '../core/link.ts';
import type { Qdisc } from '../core/voice.ts';
import type { WirelessDevice } from '../core/wireless-device.ts';

export { type Qdisc, TC_ROOT } from '../core/voice.ts';

/** How loud a kernel log line is: err reaches the console of a quiet boot, info does not (syslog(2)). */
export type LogLevel = 'err' | 'warning' | 'info';

/** What a finished program left behind; `status` is null when a signal or the time limit ended it. */
export interface RunResult {
  status: number | null;
  stdout: string;
  stderr: string;
  timedOut: boolean;
}

/**
 * Why a wait ended: it has just `begun`; rtnetlink told of a change of a link (RTNLGRP_LINK) or of traffic control
 * (RTNLGRP_TC); nftables of one of its own (NFNLGRP_NFTABLES); the clock was set, as when the machine resumes
 * (timerfd_create(2), TFD_TIMER_CANCEL_ON_SET); cfg80211 of a wireless device (the group `config` of nl80211).
 */
export type Change = 'begun' | 'links' | 'guards' | 'clock' | 'radios';

/** How long a process that was killed may take to end; longer, it hangs inside the kernel. */
export const KILL_LIMIT_MS = 5000;

/** A failed call: what was tried on what, and the errno name ('ENOENT', 'EPERM', ...). */
export class SystemError extends Error {
  readonly code: string;
  constructor(what: string, code: string) {
    super(`${what}: ${code}`);
    this.name = 'SystemError';
    this.code = code;
  }
}

/**
 * Everything the boot side does to the machine. All calls are synchronous and throw SystemError when the kernel
 * refuses; none of them retries, and none of them decides.
 */
export interface System {
  /** The whole of a text file, also of one without a size (/proc, /sys). */
  readFile(path: string): string;
  /** CRC-32 of a file (IEEE 802.3, 3.2.9, as gzip has it), eight hexadecimal digits: to see a change, not a forgery. */
  checksum(path: string): string;
  /** Replaces a regular file atomically: written beside, then renamed; on failure the old one stays. */
  writeFile(path: string, text: string): void;
  /** Writes a kernel attribute (/proc/sys, /sys) in one write(2); never creates a file. */
  writeAttribute(path: string, text: string): void;
  /** Makes a directory and its parents; an existing one is fine. */
  makeDirectory(path: string): void;
  /** Removes a file; an absent one is fine. */
  removeFile(path: string): void;
  /**
   * Takes the exclusive flock(2) of a file, created if needed, however long another process holds it; the process's end
   * gives it back too. A second one is EDEADLK.
   */
  lock(path: string): void;
  /** Gives the lock back; ENOLCK when there is none. */
  unlock(): void;
  /** Names in a directory, sorted, without `.` and `..`. */
  listDirectory(path: string): string[];
  /** Target of a symbolic link, as stored. */
  readLink(path: string): string;
  /** Whether the path exists, links followed. */
  exists(path: string): boolean;
  /** Every interface of this network namespace, in ifindex order (RTM_GETLINK dump). */
  links(): Link[];
  /** One of them; undefined when it is not there (RTM_GETLINK). */
  link(ifindex: number): Link | undefined;
  /** Sets the hardware address (RTM_SETLINK IFLA_ADDRESS). */
  setAddress(ifindex: number, address: string): void;
  /** Sets or clears IFF_UP. */
  setUp(ifindex: number, up: boolean): void;
  /** Creates or replaces a qdisc (RTM_NEWQDISC, NLM_F_CREATE | NLM_F_REPLACE). */
  replaceQdisc(ifindex: number, qdisc: Qdisc): void;
  /**
   * The qdiscs of one interface, the root one first (RTM_GETQDISC dump). Children of the kernel's own mq have the parent
   * 0:1, 0:2, ... ; an interface with `noop` has none that the kernel tells of.
   */
  qdiscs(ifindex: number): Qdisc[];
  /** Unloads a kernel module that nobody uses (delete_module(2), O_NONBLOCK). */
  unloadModule(name: string): void;
  /** Kills a process and waits until it has ended, at most KILL_LIMIT_MS (ETIMEDOUT); one that is not there is fine. */
  killProcess(pid: number): void;
  /**
   * Waits until something may have changed. The first call returns at once, when nothing that comes after it can be
   * missed any more; no call returns without a cause, and one cause may stand for several.
   */
  waitForChange(): Change;
  /**
   * Puts the guard in place, or replaces the one of this ifindex, in one nftables transaction: there is no moment without
   * it. It is bound to the device of this ifindex, whatever name the caller knows. ENODEV when there is none; EOPNOTSUPP
   * or EPROTONOSUPPORT when the kernel has no nf_tables or no egress hook (CONFIG_NETFILTER_EGRESS).
   */
  setGuard(guard: Guard): void;
  /** Takes the guard of this ifindex away; an absent one is fine. */
  removeGuard(ifindex: number): void;
  /**
   * The guards in force, in ifindex order, read back from the kernel; none without the table or without nf_tables. A
   * rename takes a guard out of force on kernels since 6.16, which bind it to the name: set it again.
   */
  guards(): GuardState[];
  /** The wireless devices of all radios (NL80211_CMD_GET_INTERFACE dump); none without cfg80211. */
  wirelessDevices(): WirelessDevice[];
  /** Removes one (NL80211_CMD_DEL_INTERFACE); ENODEV when it is not there. */
  removeWirelessDevice(wdev: number): void;
  /** Bytes of getrandom(2) without flags: waits until the kernel's pool is ready. */
  randomBytes(count: number): Uint8Array;
  /**
   * Runs a program found in PATH, standard input empty, output captured, until nobody holds its output any more;
   * kills its whole process group (SIGKILL) after the limit.
   */
  run(program: string, args: string[], timeoutMs: number): RunResult;
  /** One line to the kernel log (/dev/kmsg), marked `macveil: `; never throws: without kmsg it goes to standard error. */
  log(level: LogLevel, text: string): void;
  /** Text to standard output or standard error, as it is. */
  print(stream: 'stdout' | 'stderr', text: string): void;
}

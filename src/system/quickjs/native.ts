import type { EgressChain, EgressRule } from '../../core/guard.ts';
import type { Link } from '../../core/link.ts';
import type { WirelessDevice } from '../../core/wireless-device.ts';
import type { Change, Qdisc, RunResult } from '../system.ts';

/** The system calls that build/quickjs/*.c adds to JavaScript; each throws an Error with a `code` when refused. */
export interface Native {
  readonly args: string[];
  readonly pid: number;
  environment(name: string): string | undefined;
  exit(code: number): never;
  readFile(path: string): string;
  checksum(path: string): string;
  /** With `create`: a new file, synced; without: one write(2) to a file that exists. */
  writeFile(path: string, text: string, create: boolean): void;
  rename(from: string, to: string): void;
  makeDirectory(path: string): void;
  unlink(path: string): void;
  exists(path: string): boolean;
  listDirectory(path: string): string[];
  readLink(path: string): string;
  lock(path: string): void;
  unlock(): void;
  randomBytes(count: number): ArrayBuffer;
  print(fd: number, text: string): void;
  /** One record in the form of /dev/kmsg. */
  kmsg(record: string): void;
  run(command: string[], limitMs: number): RunResult;
  links(): Link[];
  link(ifindex: number): Link | undefined;
  setAddress(ifindex: number, octets: ArrayBuffer): void;
  setUp(ifindex: number, up: boolean): void;
  replaceQdisc(ifindex: number, kind: string, parent: number, handle: number): void;
  unloadModule(name: string): void;
  killProcess(pid: number, limitMs: number): void;
  waitForChange(): Change;
  /** Those of this interface; none when there is no such interface. */
  qdiscs(ifindex: number): Qdisc[];
  /** Makes a table of family netdev, or takes its flag dormant away. */
  wakeTable(table: string): void;
  /**
   * Makes a chain in a table of family netdev: egress hook of the device, a rule for each six octets. Without `replace` a
   * chain of that name is EEXIST; with it the call takes some 10 ms.
   */
  setGuard(
    table: string,
    chain: string,
    device: string,
    priority: number,
    closed: boolean,
    octets: ArrayBuffer,
    replace: boolean,
  ): void;
  /** ENOENT when there is no such table or chain. */
  removeGuard(table: string, chain: string): void;
  /** The tables of family netdev. */
  guardTables(): { name: string; dormant: boolean }[];
  /** The chains of all tables that are bound to the egress hook of one device. */
  guardChains(): (EgressChain & { table: string })[];
  guardRules(): (EgressRule & { table: string })[];
  /** Of all radios; the kernel loads cfg80211 to answer. */
  wirelessDevices(): WirelessDevice[];
  removeWirelessDevice(wdev: number): void;
}

/** The runtime's own object; it exists only inside the compiled hook. */
export function native(): Native {
  return (globalThis as unknown as { macveilNative: Native }).macveilNative;
}

import type { WirelessDevice } from '../../core/wireless-device.ts';
import { DEFAULT_QDISC, SYS_BUS, SYS_CLASS_NET, SYS_MODULE } from '../../paths.ts';
import { octets } from '../octets.ts';
import { type Qdisc, SystemError } from '../system.ts';
import { FakeFiles } from './files.ts';
import { firstQdiscs, giveDefaultQdisc, replaceQdisc, shownQdiscs } from './qdiscs.ts';
import { FakeRadios } from './radios.ts';
import { addDeviceFiles, addDriverFiles, addLinkFiles, devicePath } from './sysfs.ts';
import type { FakeDevice, FakeInterface, FakeLink } from './types.ts';

const ARPHRD_ETHER = 1;
const ARPHRD_LOOPBACK = 772;
const ASSIGNED_BY_USER = 3;

/** The machine behind the fake: interfaces, their devices and drivers, and the sysfs that tells of them. */
export class FakeMachine {
  readonly files = new FakeFiles();
  readonly links: FakeLink[] = [];
  /** Those that are no interfaces. */
  readonly wirelessDevices: WirelessDevice[] = [];
  readonly #interfaces: FakeInterface[];
  #nextIndex = 1;
  readonly #radios: FakeRadios | null;

  constructor(interfaces: FakeInterface[]) {
    this.#interfaces = interfaces;
    this.files.addDirectory(SYS_CLASS_NET);
    this.files.put(DEFAULT_QDISC, 'pfifo_fast\n');
    const hasRadio = interfaces.some(({ wireless }) => wireless);
    this.#radios = hasRadio ? new FakeRadios(this.files, this.links) : null;
    const loopback = { type: ARPHRD_LOOPBACK, address: '00:00:00:00:00:00', queueless: true };
    this.add({ name: 'lo', ...loopback, up: true, qdisc: 'noqueue' });
    for (const one of interfaces) {
      if (one.device) addDeviceFiles(this.files, one.device);
      if (one.loaded !== false) this.add(one);
    }
  }

  /** Lets an interface appear as if its driver had just made it. */
  add(origin: FakeInterface): FakeLink {
    const { name, device } = origin;
    const address = origin.address ?? '';
    const known = { name, type: origin.type ?? ARPHRD_ETHER, address, kind: origin.kind ?? '' };
    const permanentAddress = origin.permanentAddress ?? (device ? address : '');
    const state = { up: origin.up ?? false, master: origin.master ?? 0, txPackets: origin.txPackets ?? 0 };
    const qdiscs = firstQdiscs(origin, this.#defaultQdisc());
    const queues = { qdisc: origin.qdisc ?? 'noop', txQueues: origin.txQueues ?? 1, qdiscs };
    const link = { ifindex: this.#nextIndex++, ...known, permanentAddress, ...state, ...queues };
    const radio = { blocked: this.#radios?.blocked ?? false };
    const present = { ...link, assignType: 0, origin, radio, guard: null };
    this.links.push(present);
    if (device) this.#bind(device);
    addLinkFiles(this.files, present);
    if (present.up) this.setUp(present.ifindex, true);
    return present;
  }

  /** The present interface of this index; ENODEV when there is none. */
  link(ifindex: number, what: string): FakeLink {
    const link = this.links.find((one) => one.ifindex === ifindex);
    if (!link) throw new SystemError(`${what} of interface ${ifindex}`, 'ENODEV');
    return link;
  }

  setAddress(ifindex: number, address: string): void {
    const link = this.link(ifindex, 'set the address');
    const what = `set the address of interface ${ifindex}`;
    const code = refusal(link, octets(address, what));
    if (code) throw new SystemError(what, code);
    link.address = address.toLowerCase();
    link.assignType = ASSIGNED_BY_USER;
  }

  setUp(ifindex: number, up: boolean): void {
    const link = this.link(ifindex, up ? 'bring up' : 'bring down');
    if (up) FakeRadios.refuse(link);
    link.up = up;
    if (up && link.qdisc === 'noop') giveDefaultQdisc(link, this.#defaultQdisc());
  }

  replaceQdisc(ifindex: number, qdisc: Qdisc): void {
    replaceQdisc(this.link(ifindex, 'set the qdisc'), qdisc, this.#defaultQdisc());
  }

  qdiscs(ifindex: number): Qdisc[] {
    return shownQdiscs(this.link(ifindex, 'list the qdiscs'));
  }

  /** Gives an interface another name, as udev does; its files move with it. */
  rename(name: string, newName: string): void {
    const what = `rename ${name} to ${newName}`;
    const link = this.#named(name, what);
    if (this.links.some((one) => one.name === newName)) throw new SystemError(what, 'EEXIST');
    this.#dropFiles(link);
    link.name = newName;
    addLinkFiles(this.files, link);
  }

  /** Takes an interface away, as when its device is pulled out. */
  remove(name: string): void {
    this.#remove(this.#named(name, `remove ${name}`));
  }

  /** Loads a module: every device it drives gets its interface; false when no device or module has this name. */
  load(moduleOrAlias: string): boolean {
    const name = moduleOrAlias.replaceAll('-', '_');
    const drives = (device: FakeDevice) =>
      device.modalias === moduleOrAlias || device.module.replaceAll('-', '_') === name;
    const wanted = this.#interfaces.filter((one) => one.device && drives(one.device));
    for (const one of wanted) if (!this.links.some((link) => link.origin === one)) this.add(one);
    return wanted.length > 0;
  }

  /** Unloads a module: its interfaces go away; false when it was not loaded. */
  unload(module: string): boolean {
    const name = module.replaceAll('-', '_');
    if (!this.files.exists(`${SYS_MODULE}/${name}`)) return false;
    for (const link of [...this.links]) {
      const device = link.origin.device;
      if (device && device.module.replaceAll('-', '_') === name) this.#unbind(device);
    }
    this.files.drop(`${SYS_MODULE}/${name}`);
    return true;
  }

  /** What delete_module(2) does: refused for a module that is not loaded, or that another one uses. */
  deleteModule(name: string): void {
    const users = `${SYS_MODULE}/${name}/holders`;
    if (this.files.exists(users) && this.files.list(users).length > 0)
      throw new SystemError(`unload ${name}`, 'EAGAIN');
    if (!this.unload(name)) throw new SystemError(`unload ${name}`, 'ENOENT');
  }

  /** The module that a modalias or name stands for, '' when none does. */
  moduleOf(moduleOrAlias: string): string {
    const devices = this.#interfaces.flatMap((one) => (one.device ? [one.device] : []));
    const found = devices.find((one) => one.modalias === moduleOrAlias);
    return (found?.module ?? moduleOrAlias).replaceAll('-', '_');
  }

  #bind(device: FakeDevice): void {
    addDriverFiles(this.files, device, {
      unbind: (id) => this.#unbindById(device.bus, id),
      bind: (id) => this.#bindById(device.bus, id),
    });
  }

  #unbind(device: FakeDevice): void {
    this.files.drop(`${SYS_BUS}/${device.bus}/drivers/${device.driver}/${device.id}`);
    this.files.drop(`${devicePath(device)}/driver`);
    for (const link of [...this.links]) if (link.origin.device === device) this.#remove(link);
  }

  #unbindById(bus: string, id: string): void {
    const link = this.links.find(
      (one) => one.origin.device?.bus === bus && one.origin.device.id === id.trim(),
    );
    if (!link?.origin.device) throw new SystemError(`unbind ${id.trim()}`, 'ENODEV');
    this.#unbind(link.origin.device);
  }

  #bindById(bus: string, id: string): void {
    const one = this.#interfaces.find((known) => known.device?.bus === bus && known.device.id === id.trim());
    if (!one || this.links.some((link) => link.origin === one)) throw new SystemError(`bind ${id}`, 'ENODEV');
    this.add(one);
  }

  #remove(link: FakeLink): void {
    this.links.splice(this.links.indexOf(link), 1);
    this.#dropFiles(link);
  }

  #named(name: string, what: string): FakeLink {
    const link = this.links.find((one) => one.name === name);
    if (!link) throw new SystemError(what, 'ENODEV');
    return link;
  }

  #defaultQdisc(): string {
    return this.files.read(DEFAULT_QDISC).trim();
  }

  #dropFiles(link: FakeLink): void {
    this.files.drop(this.files.readLink(`${SYS_CLASS_NET}/${link.name}`));
    this.files.drop(`${SYS_CLASS_NET}/${link.name}`);
  }
}

/** The errno with which net/core/rtnetlink.c and eth_mac_addr() refuse an address, '' when they take it. */
function refusal(link: FakeLink, bytes: Uint8Array): string {
  if (link.address === '') return 'EOPNOTSUPP';
  if (bytes.length < link.address.split(':').length) return 'EINVAL';
  if (link.up && link.origin.fixedWhileUp) return 'EBUSY';
  if (((bytes[0] ?? 0) & 1) === 1 || bytes.every((byte) => byte === 0)) return 'EADDRNOTAVAIL';
  return '';
}

import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import process from 'node:process';
import type { Link } from '../core/link.ts';
import { SYS_CLASS_IEEE80211 } from '../paths.ts';
import { replaceFile, unlinkIfPresent } from './atomic-write.ts';
import { kmsgRecord } from './kmsg.ts';
import { crc32Of } from './node/crc32.ts';
import { nodeError } from './node/errors.ts';
import { guards, removeGuard, setGuard } from './node/guards.ts';
import { parseLinks } from './node/ip-links.ts';
import { runIp, runTc } from './node/iproute.ts';
import { lock, unlock } from './node/lock.ts';
import { killProcess, unloadModule } from './node/removal.ts';
import { runProgram } from './node/run.ts';
import { formatClassId, parseQdiscs } from './node/tc-qdiscs.ts';
import { octets } from './octets.ts';
import { type Qdisc, type System, SystemError, TC_ROOT } from './system.ts';

/** The machine as Node sees it: its own modules for files and programs, `ip` and `tc` for interfaces. */
export function createSystem(): System {
  return { ...fileCalls(), ...linkCalls(), ...guardCalls(), ...wirelessCalls(), ...processCalls() };
}

type FilePart = 'readFile' | 'checksum' | 'writeFile' | 'writeAttribute' | 'makeDirectory' | 'removeFile';
type LinkPart = 'links' | 'link' | 'setAddress' | 'setUp' | 'replaceQdisc' | 'qdiscs';
type ProcessPart = 'run' | 'unloadModule' | 'killProcess' | 'waitForChange';
type LockPart = 'lock' | 'unlock';
type DirectoryPart = 'listDirectory' | 'readLink' | 'exists';

function fileCalls(): Pick<System, FilePart | DirectoryPart | LockPart> {
  const calls = { pid: process.pid, create, rename: fs.renameSync, unlink: fs.unlinkSync };
  return {
    readFile: (path) => nodeError(`read ${path}`, () => fs.readFileSync(path, 'utf8')),
    checksum: (path) => nodeError(`read ${path}`, () => crc32Of(fs.readFileSync(path))),
    writeFile: (path, text) => nodeError(`write ${path}`, () => replaceFile(path, text, calls)),
    writeAttribute: (path, text) => nodeError(`write ${path}`, () => writeOnce(path, text)),
    makeDirectory: (path) =>
      nodeError(`make directory ${path}`, () => void fs.mkdirSync(path, { recursive: true })),
    removeFile: (path) => nodeError(`remove ${path}`, () => unlinkIfPresent(path, calls)),
    listDirectory: (path) => nodeError(`list ${path}`, () => fs.readdirSync(path).sort()),
    readLink: (path) => nodeError(`read link ${path}`, () => fs.readlinkSync(path)),
    exists: (path) => fs.existsSync(path),
    lock: (path) => nodeError(`lock ${path}`, () => lock(path)),
    unlock: () => nodeError('unlock', unlock),
  };
}

function linkCalls(): Pick<System, LinkPart> {
  return {
    links,
    link: (ifindex) => links().find((one) => one.ifindex === ifindex),
    setAddress: (ifindex, address) => {
      const what = `set the address of interface ${ifindex}`;
      octets(address, what);
      runIp(what, ['link', 'set', 'dev', nameOf(ifindex, what), 'address', address]);
    },
    setUp: (ifindex, up) => {
      const state = up ? 'up' : 'down';
      const what = `bring interface ${ifindex} ${state}`;
      runIp(what, ['link', 'set', 'dev', nameOf(ifindex, what), state]);
    },
    replaceQdisc: (ifindex, qdisc) => {
      const what = `set qdisc ${qdisc.kind} on interface ${ifindex}`;
      runTc(what, ['qdisc', 'replace', 'dev', nameOf(ifindex, what), ...place(qdisc), qdisc.kind]);
    },
    qdiscs: (ifindex) => {
      const what = `list the qdiscs of interface ${ifindex}`;
      return parseQdiscs(runTc(what, ['-j', 'qdisc', 'show', 'dev', nameOf(ifindex, what)]));
    },
  };
}

function guardCalls(): Pick<System, 'setGuard' | 'removeGuard' | 'guards'> {
  return {
    setGuard: (guard) => setGuard(guard, links()),
    removeGuard: (ifindex) => removeGuard(ifindex, links()),
    guards: () => guards(links()),
  };
}

/** A build host's radios are nobody's business. */
function wirelessCalls(): Pick<System, 'wirelessDevices' | 'removeWirelessDevice'> {
  const present = () => fs.existsSync(SYS_CLASS_IEEE80211);
  return {
    wirelessDevices: () => {
      if (present()) throw new SystemError('list the wireless devices', 'ENOSYS');
      return [];
    },
    removeWirelessDevice: (wdev) => {
      throw new SystemError(`remove wireless device ${wdev}`, present() ? 'ENOSYS' : 'ENODEV');
    },
  };
}

function processCalls(): Pick<System, ProcessPart | 'randomBytes' | 'log' | 'print'> {
  return {
    // OpenSSL's generator, seeded by getrandom(2): good for a build host; the compiled hook asks the kernel itself.
    randomBytes: (count) => new Uint8Array(randomBytes(count)),
    run: runProgram,
    unloadModule,
    killProcess,
    // Nothing on a build host is watched.
    waitForChange: () => {
      throw new SystemError('wait for changes', 'ENOSYS');
    },
    log: (level, text) => {
      const record = kmsgRecord(level, text);
      try {
        fs.writeFileSync('/dev/kmsg', record, { flag: 'r+' });
      } catch {
        printOrDrop(record.slice(record.indexOf('>') + 1));
      }
    },
    print: (stream, text) =>
      nodeError(`write to ${stream}`, () => fs.writeFileSync(stream === 'stdout' ? 1 : 2, text)),
  };
}

function printOrDrop(line: string): void {
  try {
    fs.writeSync(2, line);
  } catch {
    // Nobody is left to tell.
  }
}

function links(): Link[] {
  return parseLinks(runIp('list the interfaces', ['-d', '-s', '-j', 'link', 'show']));
}

function nameOf(ifindex: number, what: string): string {
  const link = links().find((one) => one.ifindex === ifindex);
  if (!link) throw new SystemError(what, 'ENODEV');
  return link.name;
}

function create(path: string, text: string): void {
  const fd = fs.openSync(path, 'wx', 0o644);
  try {
    fs.writeFileSync(fd, text);
    fs.fsyncSync(fd);
  } finally {
    fs.closeSync(fd);
  }
}

function writeOnce(path: string, text: string): void {
  const fd = fs.openSync(path, fs.constants.O_WRONLY);
  try {
    const bytes = Buffer.from(text);
    const written = fs.writeSync(fd, bytes);
    if (written !== bytes.length) throw Object.assign(new Error(), { code: 'EIO' });
  } finally {
    fs.closeSync(fd);
  }
}

/** The words of tc(8) for a parent and a handle; both are major:minor in hexadecimal. */
function place({ parent, handle }: Qdisc): string[] {
  const at = parent === TC_ROOT ? ['root'] : ['parent', formatClassId(parent)];
  return handle === 0 ? at : [...at, 'handle', formatClassId(handle)];
}

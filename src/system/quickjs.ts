import { SYS_CLASS_IEEE80211 } from '../paths.ts';
import { replaceFile, unlinkIfPresent } from './atomic-write.ts';
import { attempt, codeOf } from './errno.ts';
import { kmsgRecord } from './kmsg.ts';
import { octets } from './octets.ts';
import { guards, removeGuard, setGuard } from './quickjs/guards.ts';
import { type Native, native } from './quickjs/native.ts';
import { KILL_LIMIT_MS, type Qdisc, type System, SystemError } from './system.ts';

/** File descriptors of standard output and standard error. */
const DESCRIPTOR = { stdout: 1, stderr: 2 } as const;

/** The arguments of the process, without the program's own name. */
export function args(): string[] {
  return native().args;
}

/** An environment variable; undefined when it is not set. */
export function environment(name: string): string | undefined {
  return native().environment(name);
}

/** Ends the process; one that ends in any other way has exit code 70. */
export function exit(code: number): never {
  return native().exit(code);
}

/** The machine as the compiled hook sees it: system calls, and no program in between. */
export function createSystem(): System {
  const sys = native();
  return {
    ...fileCalls(sys),
    ...linkCalls(sys),
    ...guardCalls(sys),
    ...wirelessCalls(sys),
    ...processCalls(sys),
  };
}

type FilePart = 'readFile' | 'checksum' | 'writeFile' | 'writeAttribute' | 'makeDirectory' | 'removeFile';
type LinkPart = 'links' | 'link' | 'setAddress' | 'setUp' | 'replaceQdisc' | 'qdiscs';
type ProcessPart = 'run' | 'unloadModule' | 'killProcess' | 'waitForChange';
type LockPart = 'lock' | 'unlock';
type DirectoryPart = 'listDirectory' | 'readLink' | 'exists';

function fileCalls(sys: Native): Pick<System, FilePart | DirectoryPart | LockPart> {
  const calls = {
    pid: sys.pid,
    create: (path: string, text: string) => sys.writeFile(path, text, true),
    rename: sys.rename,
    unlink: sys.unlink,
  };
  return {
    readFile: (path) => attempt(`read ${path}`, () => sys.readFile(path)),
    checksum: (path) => attempt(`read ${path}`, () => sys.checksum(path)),
    writeFile: (path, text) => attempt(`write ${path}`, () => replaceFile(path, text, calls)),
    writeAttribute: (path, text) => attempt(`write ${path}`, () => sys.writeFile(path, text, false)),
    makeDirectory: (path) => attempt(`make directory ${path}`, () => makeDirectory(path, sys)),
    removeFile: (path) => attempt(`remove ${path}`, () => unlinkIfPresent(path, calls)),
    listDirectory: (path) => attempt(`list ${path}`, () => sys.listDirectory(path).sort()),
    readLink: (path) => attempt(`read link ${path}`, () => sys.readLink(path)),
    exists: (path) => sys.exists(path),
    lock: (path) => attempt(`lock ${path}`, () => sys.lock(path)),
    unlock: () => attempt('unlock', () => sys.unlock()),
  };
}

function linkCalls(sys: Native): Pick<System, LinkPart> {
  return {
    links: () => attempt('list the interfaces', () => sys.links().sort((a, b) => a.ifindex - b.ifindex)),
    link: (ifindex) => attempt(`look at interface ${ifindex}`, () => sys.link(ifindex)),
    setAddress: (ifindex, address) => {
      const what = `set the address of interface ${ifindex}`;
      const bytes = octets(address, what);
      attempt(what, () => sys.setAddress(ifindex, bytes.buffer));
    },
    setUp: (ifindex, up) =>
      attempt(`bring interface ${ifindex} ${up ? 'up' : 'down'}`, () => sys.setUp(ifindex, up)),
    replaceQdisc: (ifindex, { kind, parent, handle }) =>
      attempt(`set qdisc ${kind} on interface ${ifindex}`, () =>
        sys.replaceQdisc(ifindex, kind, parent, handle),
      ),
    qdiscs: (ifindex) => attempt(`list the qdiscs of interface ${ifindex}`, () => qdiscs(ifindex, sys)),
  };
}

function guardCalls(sys: Native): Pick<System, 'setGuard' | 'removeGuard' | 'guards'> {
  return {
    setGuard: (guard) => attempt(`set the guard of interface ${guard.ifindex}`, () => setGuard(guard, sys)),
    removeGuard: (ifindex) =>
      attempt(`remove the guard of interface ${ifindex}`, () => removeGuard(ifindex, sys)),
    guards: () => attempt('list the guards', () => guards(sys)),
  };
}

/** Without radios cfg80211 is not asked: that would load it. */
function wirelessCalls(sys: Native): Pick<System, 'wirelessDevices' | 'removeWirelessDevice'> {
  const absent = () => !sys.exists(SYS_CLASS_IEEE80211);
  return {
    wirelessDevices: () =>
      absent() ? [] : attempt('list the wireless devices', () => sys.wirelessDevices()),
    removeWirelessDevice: (wdev) => {
      const what = `remove wireless device ${wdev}`;
      if (absent()) throw new SystemError(what, 'ENODEV');
      attempt(what, () => sys.removeWirelessDevice(wdev));
    },
  };
}

function processCalls(sys: Native): Pick<System, ProcessPart | 'randomBytes' | 'log' | 'print'> {
  return {
    randomBytes: (count) =>
      attempt(`get ${count} random bytes`, () => new Uint8Array(sys.randomBytes(count))),
    run: (program, programArgs, timeoutMs) =>
      attempt(`run ${program}`, () => sys.run([program, ...programArgs], timeoutMs)),
    unloadModule: (name) => attempt(`unload ${name}`, () => sys.unloadModule(name)),
    killProcess: (pid) => attempt(`kill process ${pid}`, () => sys.killProcess(pid, KILL_LIMIT_MS)),
    waitForChange: () => attempt('wait for changes', () => sys.waitForChange()),
    log: (level, text) => {
      const record = kmsgRecord(level, text);
      try {
        sys.kmsg(record);
      } catch {
        // A log that cannot be kept must not stop the work it tells of: the line goes where a person may see it.
        printOrDrop(record.slice(record.indexOf('>') + 1), sys);
      }
    },
    print: (stream, text) => attempt(`write to ${stream}`, () => sys.print(DESCRIPTOR[stream], text)),
  };
}

/** The kernel dumps the qdiscs of all interfaces, so that a missing one looks like one without any. */
function qdiscs(ifindex: number, sys: Native): Qdisc[] {
  const found = sys.qdiscs(ifindex);
  if (found.length === 0 && !sys.links().some((link) => link.ifindex === ifindex)) throw withCode('ENODEV');
  return found;
}

function printOrDrop(line: string, sys: Native): void {
  try {
    sys.print(DESCRIPTOR.stderr, line);
  } catch {
    // Nobody is left to tell.
  }
}

function makeDirectory(path: string, sys: Native): void {
  const parts = path.split('/');
  for (let count = 2; count <= parts.length; count++) {
    const part = parts.slice(0, count).join('/');
    try {
      sys.makeDirectory(part);
    } catch (error) {
      // EEXIST is what we want, EROFS and EACCES may stand for it: the last part decides.
      if (!sys.exists(`${part}/`)) throw codeOf(error) === 'EEXIST' ? withCode('ENOTDIR') : error;
    }
  }
}

function withCode(code: string): Error {
  return Object.assign(new Error(''), { code });
}

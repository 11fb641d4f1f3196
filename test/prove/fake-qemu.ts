import process from 'node:process';
import { QEMU } from '../../src/prove/qemu-arguments.ts';
import { fakePrograms } from './fake-programs.ts';
import { pcap } from './pcap-fixtures.ts';

/** What a fake machine captures, from its start (null: there is no file) and when it is told to end, and what it says then. */
export interface FakeMachine {
  captured: Buffer | null;
  late?: Buffer;
  words?: string;
  /** What its PCI bus lists. */
  devices?: string;
}

/** The slot of a machine's first card. */
const CARD = '0000:00:08.0';
const hex = (bytes: Buffer) => `Buffer.from("${bytes.toString('hex')}", "hex")`;

/** A guest with one card in slot 8 and no interface, whose agent answers everything else with success and silence. */
const script = ({ captured, late = Buffer.alloc(0), words = '', devices = CARD }: FakeMachine) => `
const { createServer } = require("net");
const { appendFileSync, writeFileSync } = require("fs");
const all = process.argv.join(" ");
const find = (pattern) => pattern.exec(all)[1];
const serve = (id, talk) => createServer(talk).listen(find(new RegExp("id=" + id + ",path=([^,]+)")));
const capture = find(/filter-dump,[^ ]*file=([^ ]+)/);
const answer = (command) => Buffer.from((command.includes("/sys/bus/pci") ? "${devices}" : "") + "\\n0");
${captured ? `writeFileSync(capture, ${hex(captured)});` : ''}
serve("console", () => {});
serve("agent", (line) => {
  line.write("ready\\n");
  line.on("data", (text) => {
    const [number, command] = String(text).split(" ");
    line.write(number + " " + answer(String(Buffer.from(command, "base64"))).toString("base64") + "\\n");
  });
});
serve("qmp", (line) => line.on("data", (text) => {
  line.write("{\\"return\\": {}}\\n");
  if (!String(text).includes("quit")) return;
  appendFileSync(capture, ${hex(late)});
  process.stderr.write("${words}", () => process.exit());
}));`;

/** Puts the fake in QEMU's place, for the time of `act`; asked for KVM it runs a kernel to its end. */
export async function withFakeQemu<T>(machine: FakeMachine, act: (folder: string) => Promise<T>): Promise<T> {
  const probe = `case "$*" in *panic=-1*) echo 'Kernel panic - not syncing: VFS'; exit ;; esac`;
  const programs = fakePrograms({
    [QEMU]: `${probe}\nexec "${process.execPath}" -e '${script(machine)}' -- "$@"`,
  });
  const { PATH } = process.env;
  process.env.PATH = `${programs.path}:${PATH}`;
  try {
    return await act(programs.path);
  } finally {
    process.env.PATH = PATH;
    programs.remove();
  }
}

/** One more record for the end of a capture. */
export const record = (frame: number[]): Buffer => pcap([frame]).subarray(pcap([]).length);

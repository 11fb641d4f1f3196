import { execa } from 'execa';
import { QEMU } from './qemu-arguments.ts';

/** What runs the guest's instructions, and in words why it is not KVM. */
export interface Accelerator {
  name: 'kvm' | 'tcg';
  reason: string;
}

/** Ten times what a working KVM needs to boot a kernel to its end. */
const PROBE_LIMIT_MS = 20_000;
/** The kernel's last words when it is given no root; then `panic=-1` and -no-reboot end QEMU. */
const KERNEL_RAN = /Kernel panic - not syncing: VFS/;
/** QEMU's words for a KVM that broke while the guest ran; it then stands still instead of ending. */
export const KVM_BROKE = /KVM internal error/;

const known = new Map<string, Promise<Accelerator>>();

/** KVM when it runs this very kernel to its end, else TCG; asked once a kernel. */
export function chooseAccelerator(kernel: string): Promise<Accelerator> {
  const asked = known.get(kernel) ?? probe(kernel);
  known.set(kernel, asked);
  return asked;
}

// A device node proves nothing, and a broken KVM runs a boot sector well: only a kernel boot tells.
async function probe(kernel: string): Promise<Accelerator> {
  const problem = await kvmProblem(kernel);
  return problem === '' ? { name: 'kvm', reason: '' } : { name: 'tcg', reason: `no KVM: ${problem}` };
}

async function kvmProblem(kernel: string): Promise<string> {
  const child = execa(QEMU, probeArguments(kernel), {
    reject: false,
    stdin: 'ignore',
    timeout: PROBE_LIMIT_MS,
  });
  child.stderr.on('data', (chunk: Buffer) => {
    if (KVM_BROKE.test(chunk.toString())) child.kill('SIGKILL');
  });
  const { stdout, stderr, timedOut } = await child;
  if (KERNEL_RAN.test(stdout)) return '';
  if (timedOut) return `a test boot did not end within ${PROBE_LIMIT_MS / 1000} s`;
  const complaint = stderr.split('\n').find((line) => /error|assert|could not|cannot/i.test(line));
  return complaint?.replace(`${QEMU}: `, '') ?? 'a test boot failed';
}

function probeArguments(kernel: string): string[] {
  return [
    ...['-accel', 'kvm', '-cpu', 'host', '-m', '512', '-nodefaults', '-display', 'none', '-no-reboot'],
    ...['-serial', 'stdio', '-kernel', kernel, '-append', 'console=ttyS0 panic=-1'],
  ];
}

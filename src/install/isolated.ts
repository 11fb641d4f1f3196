/**
 * Mount and process namespaces of its own: what is mounted and started there ends with it, even when it is killed, so that no
 * half-unmounted root is left behind.
 */
const ISOLATION = ['--mount', '--pid', '--fork', '--kill-child'];
const ROOT = 'root=$1\nshift\n';
/** Programs in a root need /proc and /sys, and /dev for /dev/null. */
const MOUNTS = `
mount -t proc proc "$root/proc"
mount --rbind /sys "$root/sys"
mount --rbind /dev "$root/dev"
`;

/** The command that runs a shell script with a root made ready for chroot: `$root`, and `words` as its `$@`. */
export function isolatedScript(script: string, root: string, words: string[]): [string, string[]] {
  const shell = (text: string) => ['-euc', ROOT + text, 'sh', root, ...words];
  // The system that this runs in is ready; and inside of a chroot, as in a build of live-build, unshare could not isolate it:
  // its root is no mount point (mount(2), MS_PRIVATE).
  if (root === '/') return ['sh', shell(script)];
  return ['unshare', [...ISOLATION, 'sh', ...shell(MOUNTS + script)]];
}

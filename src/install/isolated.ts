/**
 * Mount and process namespaces of its own: what is mounted and started there ends with it, even when it is killed, so that no
 * half-unmounted root is left behind.
 */
const ISOLATION = ['--mount', '--pid', '--fork', '--kill-child'];
/** Programs in a root need /proc and /sys, and /dev for /dev/null. */
const MOUNTS = `
root=$1
shift
mount -t proc proc "$root/proc"
mount --rbind /sys "$root/sys"
mount --rbind /dev "$root/dev"
`;

/** Arguments of unshare(1) that run a shell script with a root made ready for chroot: `$root`, and `words` as its `$@`. */
export function isolatedScript(script: string, root: string, words: string[]): string[] {
  return [...ISOLATION, 'sh', '-euc', MOUNTS + script, 'sh', root, ...words];
}

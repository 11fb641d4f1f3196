// The whole path at once: command line, hook, image, proof. Arguments are handed on to `macveil prove`.
import { spawn } from 'node:child_process';
import { seconds } from './image/progress.mjs';
import { signalExitCode } from './lib/main.mjs';

const CLI = 'dist/macveil.mjs';
const IMAGE = '.cache/image/macveil-demo.iso';

process.chdir(new URL('..', import.meta.url).pathname);
/** The proof's own ten, with the one card whose driver needs firmware: this image has it. */
const NICS = 'e1000,e1000e,rtl8139,pcnet,ne2k_pci,i82551,tulip,virtio-net-pci,vmxnet3,usb-net';
const STAGES = [
  { title: 'command line', args: ['build/bundle.mjs'] },
  { title: 'hook', args: [CLI, 'compile'] },
  { title: 'image', args: ['build/image.mjs'] },
  { title: 'proof', args: [CLI, 'prove', '--image', IMAGE, ...cards(), ...process.argv.slice(2)] },
];

// Ctrl-C reaches the running stage too; it ends in its own order, and then this one reports.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => {});
process.exitCode = await runStages();

function cards() {
  return process.argv.includes('--nics') ? [] : ['--nics', NICS];
}

async function runStages() {
  const times = [];
  let status = 0;
  for (const stage of STAGES) {
    console.log(`\ndemo: ${stage.title}`);
    const began = performance.now();
    status = await runNode(stage.args);
    times.push({ ...stage, time: performance.now() - began });
    if (status !== 0) break;
  }
  printTimes(times);
  return status;
}

function runNode(args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: 'inherit' });
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(code ?? signalExitCode(signal)));
  });
}

function printTimes(times) {
  const total = times.reduce((sum, { time }) => sum + time, 0);
  console.log('');
  for (const { title, time } of [...times, { title: 'total', time: total }]) {
    console.log(`demo: ${title.padEnd(14)}${seconds(time).padStart(8)}`);
  }
}

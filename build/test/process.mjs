import { spawn } from 'node:child_process';
import { signalExitCode } from '../lib/main.mjs';

/** How to stop each program that is running now, so that an interrupted test run leaves no virtual machine behind. */
const running = new Set();

/** Runs a program in a process group of its own, which is killed as a whole after the time limit. */
export function runGroup(program, args, limitMs) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    const output = [];
    const finish = watch(limitMs, () => killGroup(child.pid));
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => output.push(chunk));
    child.on('error', (error) => resolve({ output: '', exitCode: null, problem: finish(error.message) }));
    // Programs that a test started and did not stop would keep the pipes open, and live on.
    child.on('exit', () => killGroup(child.pid));
    child.on('close', (exitCode, signal) => {
      const problem = finish(signal ? `ended by ${signal}` : '');
      resolve({ output: Buffer.concat(output).toString('utf8'), exitCode, problem });
    });
  });
}

/**
 * Runs a program on this terminal, where it can ask for a password; what it prints is shown at once. After the time limit,
 * or when this run is stopped, it is asked to end: it may hold what runs as root, which only it can tidy up.
 */
export function runAttached(program, args, limitMs) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: 'inherit' });
    const finish = watch(limitMs, () => child.kill('SIGTERM'));
    child.on('error', (error) => resolve({ output: '', exitCode: null, problem: finish(error.message) }));
    child.on('exit', (exitCode, signal) => {
      resolve({ output: '', exitCode, problem: finish(signal ? `ended by ${signal}` : '') });
    });
  });
}

function watch(limitMs, stop) {
  let late = '';
  running.add(stop);
  const timer = setTimeout(() => {
    late = `killed: not finished within ${limitMs / 1000} s`;
    stop();
  }, limitMs);
  return (problem) => {
    clearTimeout(timer);
    running.delete(stop);
    return late || problem;
  };
}

function killGroup(pid) {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // The group is gone already, which is what was wanted.
  }
}

/** Stops what runs and ends the test run, with the shell's exit code for the signal. */
export function stopOnInterrupt() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      for (const stop of running) stop();
      process.exit(signalExitCode(signal));
    });
  }
}

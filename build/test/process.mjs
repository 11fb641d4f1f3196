import { spawn } from 'node:child_process';

/** Process groups that are running now, so that an interrupted test run leaves no virtual machine behind. */
const groups = new Set();

/** Runs a program in a process group of its own, which is killed as a whole after the time limit. */
export function runGroup(program, args, limitMs) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    const output = [];
    const finish = watch(child, limitMs);
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

function watch(child, limitMs) {
  let late = '';
  groups.add(child.pid);
  const timer = setTimeout(() => {
    late = `killed: not finished within ${limitMs / 1000} s`;
    killGroup(child.pid);
  }, limitMs);
  return (problem) => {
    clearTimeout(timer);
    groups.delete(child.pid);
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

/** Kills what runs and ends the test run, with the shell's exit code for an interrupt (128 + SIGINT). */
export function stopOnInterrupt() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      for (const pid of groups) killGroup(pid);
      process.exit(130);
    });
  }
}

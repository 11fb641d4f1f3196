import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { countCalls } from '../../../build/bench/vm/trace.ts';

const LOG = `100   execve("/bench/spoof.sh", [...], 0x7ffe /* 9 vars */) = 0
100   execve("/sbin/sed", [...], 0x7ffe /* 9 vars */) = -1 ENOENT (No such file or directory)
100   openat(AT_FDCWD, "/etc/ld.so.cache", O_RDONLY|O_CLOEXEC) = 3
100   openat(AT_FDCWD, "/nowhere", O_RDONLY) = -1 ENOENT (No such file or directory)
100   read(3, ""..., 4096)              = 832
100   vfork( <unfinished ...>
101   execve("/usr/bin/sed", [...], 0x7ffe /* 9 vars */) = 0
100   <... vfork resumed>)              = 101
101   read(0,  <unfinished ...>
100   wait4(-1,  <unfinished ...>
101   <... read resumed>""..., 4096)    = 19
101   exit_group(0)                     = ?
100   <... wait4 resumed>[{WIFEXITED(s) && WEXITSTATUS(s) == 0}], 0, NULL) = 101
`;

test('a call that is shown in two lines counts once, and its result counts', () => {
  const { calls, forks, bytes } = countCalls(LOG);
  assert.is(calls, 10);
  assert.is(forks, 1);
  assert.is(bytes, 851);
});

test('refused opens and programs that are not there count as calls only', () => {
  const { opens, programs, byName } = countCalls(LOG);
  assert.is(opens, 1);
  assert.is(programs, 2);
  assert.is(byName.get('openat'), 2);
});

test.run();

/** For all C code: small, deterministic, and with dead code in sections of its own so that the linker drops it. */
const COMMON = [
  '-Os',
  '-flto',
  '-ffunction-sections',
  '-fdata-sections',
  '-fno-asynchronous-unwind-tables',
  '-fno-stack-protector',
  '-frandom-seed=macveil',
  '-D_GNU_SOURCE',
];

/** For QuickJS's own files: what its Makefile asks for; warnings in them are not ours to fix. */
export const ENGINE_FLAGS = [
  ...COMMON,
  '-O2',
  '-fwrapv',
  '-funsigned-char',
  '-DCONFIG_VERSION="macveil"',
  '-w',
];

/** For our own files: no warning is let through. */
export const NATIVE_FLAGS = [...COMMON, '-std=gnu11', '-Wall', '-Wextra', '-Werror'];

/**
 * Joins all objects into one, optimised as a whole program: what main() does not reach becomes removable. main itself is
 * asked for, because gcc 14 takes a partial link to need nothing and leaves an empty object.
 */
export const JOIN_FLAGS = [
  ...COMMON,
  '-O2',
  '-fwhole-program',
  '-Wl,-u,main',
  '-nostdlib',
  '-r',
  '-flinker-output=nolto-rel',
  '-w',
];

/** The hook: static and stripped; without a build id it depends on nothing but its sources. */
export const LINK_FLAGS = ['-static', '-s', '-Wl,--gc-sections,--build-id=none,-z,noexecstack'];

/** For qjsc, which runs on the build host only. */
export const COMPILER_FLAGS = [
  '-O1',
  '-D_GNU_SOURCE',
  '-fwrapv',
  '-funsigned-char',
  '-DCONFIG_VERSION="macveil"',
  '-DCONFIG_CC="cc"',
  '-DCONFIG_PREFIX="/usr"',
  '-w',
];

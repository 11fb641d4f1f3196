/** Larger modules are reported, not read: nine times the largest of Debian's 6.12 (amdgpu, 29.6 MB); bounds our memory. */
export const MAX_MODULE_SIZE = 256 * 1024 * 1024;

/** What is said of a module above the limit. */
export const TOO_LARGE = `larger than ${MAX_MODULE_SIZE / 1024 / 1024} MiB when unpacked`;

import type { LogLevel } from './system.ts';

/** Severities of syslog(2). */
const SEVERITY = { err: 3, warning: 4, info: 6 } as const;
/** The kernel refuses records over 1024 bytes (PRINTKRB_RECORD_MAX, kernel/printk); a character takes up to three here. */
const LIMIT = 300;

/** The record that /dev/kmsg takes for a line: severity, our mark, and no line break inside. */
export function kmsgRecord(level: LogLevel, text: string): string {
  const line = text.trim().replace(/\s*\n\s*/g, ' | ');
  const cut = line.length > LIMIT ? `${line.slice(0, LIMIT)}...` : line;
  return `<${SEVERITY[level]}>macveil: ${cut}\n`;
}

// What a process holds, read from /proc.
import { readFileSync, readdirSync, statSync } from 'node:fs';

const kib = (pid, name) => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]);

/** Memory in MB, open descriptors and threads. */
export const figuresOf = (pid) => ({
  mb: kib(pid, 'RssAnon') / 1024,
  peakMb: kib(pid, 'VmHWM') / 1024,
  descriptors: readdirSync(`/proc/${pid}/fd`).length,
  threads: readdirSync(`/proc/${pid}/task`).length,
});

export const megabytesOf = (path) => statSync(path).size / 2 ** 20;

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

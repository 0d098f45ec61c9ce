// The clocks of the service, as the browser knows them between two answers: each account may have its own.
import { control } from './api.js';
import { stream } from './stream.js';
import { tenant } from './tenant.js';

class Reading {
  constructor({ mode, now, speed }) {
    Object.assign(this, { mode, speed, moment: Date.parse(now), readAt: performance.now() });
  }

  get now() {
    return this.mode === 'frozen' ? this.moment : this.moment + (performance.now() - this.readAt) * this.speed;
  }
}

class Clocks extends EventTarget {
  #readings = new Map();
  #asked = new Set();

  /** The clock of an account, or of the tenant; null until it is known. It is asked for where it is not. */
  of(account = tenant.account) {
    const reading = this.#readings.get(account);
    if (!reading && !this.#asked.has(account)) this.read(account).catch(() => {});
    return reading ?? null;
  }

  async read(account = tenant.account) {
    this.#asked.add(account);
    try {
      this.take(await control('GET', 'clock', { account }), account);
    } finally {
      this.#asked.delete(account);
    }
  }

  take(clock, account = tenant.account) {
    if (!clock?.now) return;
    this.#readings.set(account, new Reading(clock));
    this.dispatchEvent(new Event('changed'));
  }

  forget() {
    this.#readings.clear();
    this.of();
  }
}

export const clocks = new Clocks();

stream.on('clock', () => clocks.forget());
stream.on('reset', () => clocks.forget());
stream.on('again', () => clocks.forget());
tenant.addEventListener('changed', () => clocks.of());

const units = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'm'],
];

/** A length of time in two units at most: `1.4s`, `12s`, `3m 05s`, `2d 4h`. */
export function lengthOf(ms) {
  const whole = Math.max(0, ms);
  if (whole < 9_950) return `${(whole / 1000).toFixed(1)}s`;
  const seconds = Math.round(whole / 1000);
  if (seconds < 60) return `${seconds}s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m ${String(seconds % 60).padStart(2, '0')}s`;
  const at = units.findIndex(([unit]) => whole >= unit);
  const [unit, letter] = units[at];
  const rest = Math.floor((whole % unit) / units[at + 1][0]);
  return `${Math.floor(whole / unit)}${letter}${rest ? ` ${rest}${units[at + 1][1]}` : ''}`;
}

/** A moment as text, in UTC as the service has it: `2026-01-31 12:00:00`, with `ms` also milliseconds. */
export function momentText(moment, { ms = false } = {}) {
  const text = new Date(moment).toISOString().replace('T', ' ');
  return ms ? text.slice(0, 23) : text.slice(0, 19);
}

/** The time of day of a moment, and its date too where it is another day than `today`. */
export function shortMoment(moment, today = Date.now()) {
  const text = momentText(moment, { ms: true });
  return text.slice(0, 10) === momentText(today).slice(0, 10) ? text.slice(11) : text.slice(0, 19);
}

// One timer moves all that counts down or up on the page.
const ticks = new Set();
setInterval(() => document.hidden || ticks.forEach((tick) => tick()), 200);

export function everyTick(tick) {
  ticks.add(tick);
  return () => ticks.delete(tick);
}

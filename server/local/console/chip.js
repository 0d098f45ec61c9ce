// The status of a resource as a chip, and how long until it changes.
import { clocks, lengthOf } from './clock.js';
import { h, setText } from './dom.js';

export function toneOf(status) {
  if (!status) return 'still';
  if (/FAILED/.test(status)) return 'bad';
  if (status === 'ACTIVE' || status === 'COMPLETED') return 'good';
  if (/^DELETE|STOP|INACTIVE/.test(status)) return 'still';
  return /PENDING/.test(status) ? 'wait' : 'move';
}

export const isTerminal = (status) => !status || /ACTIVE$|FAILED$|STOPPED$|^COMPLETED$/.test(status);

const shownAs = (status) => status || 'no status';

export const chip = (status) => h('span', { class: `chip status ${toneOf(status)}` }, shownAs(status));

/** Shows another status in a chip, and marks for a moment that it has changed. */
export function moveChip(element, status) {
  if (element.textContent === shownAs(status)) return;
  setText(element, shownAs(status));
  element.className = `chip status ${toneOf(status)}`;
  void element.offsetWidth; // begins the animation again
  element.classList.add('moved');
}

/** The text of how long until a moment, on the clock of an account. Empty if the moment is not known. */
export function untilText(at, account) {
  if (!at) return '';
  const clock = clocks.of(account);
  if (!clock) return '';
  const left = Date.parse(at) - clock.now;
  return left <= 0 ? 'now' : `in ${lengthOf(left)}`;
}

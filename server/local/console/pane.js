// What panes share: they listen to the server while they are shown, and have a list and perhaps a detail beside it.
import { everyTick } from './clock.js';
import { h } from './dom.js';
import { Cursors, Pager } from './list.js';
import { Outcome } from './forms.js';
import { stream } from './stream.js';
import { tenant } from './tenant.js';

function onTenant(listener) {
  tenant.addEventListener('changed', listener);
  return () => tenant.removeEventListener('changed', listener);
}

export class Pane {
  #ends = [];
  #isTroubled = false; // what stands in the outcome is of a failed reading
  outcome = new Outcome();

  /**
   * Listens until the pane is left: `{ 'reset again': read, tenant: begin, tick: move }`, by kinds of events of the
   * stream. Returns false where it does already.
   */
  listen(listeners) {
    if (this.#ends.length > 0) return false;
    const all = Object.entries(listeners).flatMap(([kinds, call]) => kinds.split(' ').map((kind) => [kind, call]));
    const begin = { tenant: onTenant, tick: everyTick };
    this.#ends = all.map(([kind, call]) => begin[kind]?.(call) ?? stream.on(kind, call));
    return true;
  }

  leave() {
    this.#ends.forEach((end) => end());
    this.#ends = [];
  }

  /** Runs something that reads from the server, and shows where it is refused. */
  async attempt(action) {
    try {
      await action();
      if (this.#isTroubled) this.outcome.clear();
      this.#isTroubled = false;
    } catch (error) {
      this.outcome.fail(error);
      this.#isTroubled = true;
    }
  }

  paged(turn, words) {
    this.cursors = new Cursors();
    this.pager = new Pager(this.cursors, turn, words);
    return this.pager;
  }

  /** The card of a list: buttons beside its title, filters below it, and what has gone wrong above its content. */
  listCard(title, { buttons = [], filters = [], note = null, content, foot = null }) {
    return h(
      'section.card.list',
      { 'aria-label': title },
      h('header', h('h2.grow', title), buttons),
      note,
      filters.length > 0 && h('div.strip.row.filters', filters),
      this.outcome,
      h('div.scroll.grow', content),
      foot && h('footer', foot),
    );
  }
}

/** The card of one thing: its title, which takes the focus when it is opened, and its content. */
export function detailCard(label, heading, ...content) {
  return h('section.card.detail', { 'aria-label': label }, h('header', heading), h('div.body.stack', content));
}

// Lists that come in pages: where the reader is, and the buttons to go on and back.
import { arrange, button, h, setText } from './dom.js';

export const pageRows = 100;

/** The cursors of the pages so far: a list goes on with the last one, and back along those before. */
export class Cursors {
  #before = [];
  cursor = '';
  next = '';

  get number() {
    return this.#before.length + 1;
  }

  reset() {
    this.#before = [];
    this.cursor = '';
    this.next = '';
  }

  forward() {
    this.#before.push(this.cursor);
    this.cursor = this.next;
  }

  back() {
    this.cursor = this.#before.pop() ?? '';
  }
}

/** The buttons of a paged list: `go()` reads the page that the cursors are at. */
export class Pager {
  constructor(cursors, go, { before = 'Previous', after = 'Next' } = {}) {
    this.cursors = cursors;
    const step = (move) => () => {
      cursors[move]();
      go();
    };
    this.previous = button(before, step('back'), 'small');
    this.following = button(after, step('forward'), 'small');
    this.words = h('span', { role: 'status' });
    this.element = h('div.pager', this.previous, this.following, this.words);
    this.show('');
  }

  show(words) {
    this.previous.disabled = this.cursors.number === 1;
    this.following.disabled = !this.cursors.next;
    setText(this.words, words);
    this.element.hidden = this.previous.disabled && this.following.disabled && !words;
  }
}

export function table(label, columns, body) {
  const heads = columns.map((column) => {
    const [text, name] = Array.isArray(column) ? column : [column, ''];
    if (name === 'unseen') return h('th', { scope: 'col' }, h('span.unseen', text));
    return h('th', { scope: 'col', class: name }, text);
  });
  return h('table', { 'aria-label': label }, h('thead', h('tr', heads)), body);
}

export class Rows {
  rows = new Map();

  constructor(label, columns, words) {
    this.body = h('tbody');
    this.table = table(label, columns, this.body);
    this.empty = h('p.empty', words);
    this.element = [this.table, this.empty];
    this.show([]);
  }

  /** Shows a row for each entry. That of an entry that was shown before stays as it is. */
  keep(entries, make) {
    const kept = this.rows;
    this.rows = new Map(entries.map((entry) => [entry.id, kept.get(entry.id) ?? make(entry)]));
    this.show([...this.rows.values()]);
  }

  show(rows) {
    arrange(this.body, rows);
    this.empty.hidden = rows.length > 0;
    this.table.hidden = rows.length === 0;
  }
}

/**
 * A row that opens something: by a click anywhere, and by keyboard on the link in its first cell.
 */
export function pickRow(href, cells, attributes = {}) {
  const go = ({ target }) => {
    if (!target.closest('a, button, input, select') && !String(getSelection())) location.hash = href;
  };
  return h('tr.pick', { onclick: go, ...attributes }, cells);
}

export const td = (name, ...children) => h('td', { class: name || null }, children);

// The pane of requests: a live feed, newest first, and beside it one request with its input, its answer and why.
import {
  actionButton, button, choice, confirmed, control, goTo, h, linkTo, operations, Pane, pickRow, Rows, setText, settled,
  shortMoment, suggestions, td, tenant, textInput, throttled,
} from './kit.js';
import { RequestView } from './request_view.js';

const mostRows = 200;
const names = ['ValidationException', 'InvalidInputException', 'ResourceNotFoundException', 'ThrottlingException'];
const columns = [
  ['Time', 'c-time'],
  'Operation',
  ['Result', 'c-result'],
  ['Duration', 'number c-duration'],
  ['Account', 'c-account'],
  ['Rule or why', 'c-note'],
];

export class RequestsPane extends Pane {
  #entries = [];
  #waiting = []; // what has come while the feed was paused, or since it was last drawn
  #passed = 0; // and how many of those there was no place for
  #isPaused = false;
  #hasMoved = false; // since the page was read, so that its cursor is no longer that of its last row

  constructor() {
    super();
    const known = suggestions(operations);
    const input = (label, more) => textInput({ placeholder: label, 'aria-label': label, ...more });
    this.operation = input('Operation', { list: known.id });
    this.result = choice([['', 'Any result'], ['ok', 'Answered'], ['refused', 'Refused'], ...names], {
      'aria-label': 'Result',
    });
    this.rule = input('Rule', { class: 'short' });
    this.arn = input('ARN in the request');
    this.fields = { operation: this.operation, result: this.result, rule: this.rule, arn: this.arn };
    const change = settled(250, () => this.#begin());
    for (const field of Object.values(this.fields)) field.addEventListener('input', change);
    this.pause = button('Pause', () => this.#setPaused(!this.#isPaused), { kind: 'small', 'aria-pressed': 'false' });
    this.list = new Rows('Requests', columns, 'No requests. Point your client at this server.');
    const list = this.listCard('Requests', {
      buttons: [this.pause, actionButton('Clear', this.outcome, () => this.#clear(), 'small')],
      filters: [this.operation, known, this.result, this.rule, this.arn],
      content: this.list,
      foot: this.paged(() => this.#turn(), { before: 'Newer', after: 'Older' }),
    });
    this.view = new RequestView(() => goTo('requests'));
    this.element = h('div.split', list, this.view.element);
    this.drawSoon = throttled(250, () => this.#draw());
    this.readSoon = throttled(1000, () => this.#read());
  }

  enter(id, parameters) {
    for (const name of ['arn', 'rule', 'operation']) {
      if (parameters.has(name)) this.fields[name].value = parameters.get(name);
    }
    this.id = id;
    this.element.classList.toggle('has-detail', id !== '');
    this.#select();
    this.view.show(id);
    const begin = () => this.#begin();
    if (this.listen({ request: (entry) => this.#happened(entry), 'reset again': begin, tenant: begin })) begin();
  }

  get #query() {
    const given = Object.entries(this.fields).map(([name, field]) => [name, field.value.trim()]);
    return { ...Object.fromEntries(given), bodies: 'false', limit: mostRows };
  }

  #begin() {
    this.cursors.reset();
    this.#setPaused(false);
    return this.#read();
  }

  /** Goes on behind the last row that is shown, also where newer ones have pushed it down since it was read. */
  async #turn() {
    if (this.cursors.number === 2 && this.#hasMoved) {
      const { next = '' } = await control('GET', 'requests', { query: this.#query });
      this.cursors.cursor = next;
    }
    await this.#read();
  }

  #read() {
    const reading = (this.reading = {});
    return this.attempt(async () => {
      const query = { ...this.#query, after: this.cursors.cursor };
      const { requests, next = '' } = await control('GET', 'requests', { query });
      if (this.reading !== reading) return;
      this.#entries = requests;
      this.#waiting = [];
      this.#hasMoved = false;
      this.cursors.next = next;
      this.#show();
    });
  }

  /** An entry of the stream has no input, so a feed that is narrowed by an ARN is read again. */
  #happened(entry) {
    if (this.cursors.number > 1) return;
    const { operation, result, rule, arn } = this.#query;
    const isRefused = entry.error !== undefined;
    const isWanted = { '': true, ok: !isRefused, refused: isRefused }[result] ?? entry.error === result;
    if (!isWanted || (operation && entry.operation !== operation) || (rule && entry.rule !== rule)) return;
    if (arn) return this.#isPaused || this.readSoon();
    this.#waiting.push(entry);
    if (this.#waiting.length > mostRows) this.#passed += this.#waiting.splice(0, 1).length;
    this.drawSoon();
  }

  #draw() {
    if (this.#isPaused) {
      const count = this.#waiting.length + this.#passed;
      return setText(this.pause, count > 0 ? `Go on (${count} new)` : 'Go on');
    }
    const known = new Set(this.#entries.map(({ id }) => id));
    const fresh = this.#waiting.filter(({ id }) => !known.has(id)).reverse();
    this.#waiting = [];
    this.#passed = 0;
    if (fresh.length === 0) return;
    const all = [...fresh, ...this.#entries];
    this.#entries = all.slice(0, mostRows);
    this.#hasMoved = true;
    if (all.length > mostRows) this.cursors.next ||= 'older';
    this.#show();
  }

  #show() {
    this.list.keep(this.#entries, rowOf);
    this.pager.show(this.cursors.number > 1 ? `page ${this.cursors.number}, which does not move` : '');
    this.#select();
  }

  #select() {
    for (const [id, row] of this.list.rows) row.setAttribute('aria-current', String(id === this.id));
  }

  #setPaused(isPaused) {
    this.#isPaused = isPaused;
    this.pause.setAttribute('aria-pressed', String(isPaused));
    setText(this.pause, isPaused ? 'Go on' : 'Pause');
    if (!isPaused) this.#draw();
  }

  async #clear() {
    const whose = tenant.account ? `of ${tenant.account}` : 'of all accounts';
    if (!(await confirmed(`Forget all requests ${whose}?`, 'Clear'))) return;
    await control('DELETE', 'requests');
    await this.#begin();
  }
}

function rowOf({ id, time, operation, target, status, error, duration, account, rule, why, message, connection }) {
  const href = linkTo('requests', id);
  const tone = connection || status >= 500 ? 'bad' : status < 300 ? 'good' : 'wait';
  const note = [rule && `rule ${rule}`, connection && `connection ${connection}`, message, why]
    .filter(Boolean)
    .join(' · ');
  const result = [h('span', { class: `chip ${tone}` }, String(status)), error && h('span.error-name', error)];
  return pickRow(href, [
    td('mono c-time', shortMoment(Date.parse(time))),
    td('wrap', h('a', { href }, operation === 'unknown' ? (target ?? operation) : operation)),
    td('c-result', result),
    td('number mono c-duration', duration.replace('ms', ' ms')),
    td('mono muted c-account', account),
    h('td.cut.muted.c-note', { title: note }, note),
  ]);
}

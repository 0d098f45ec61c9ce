// The pane of events: each record that Personalize Events was sent, what became of it, and why.
import {
  actionButton, choice, confirmed, control, h, jsonBlock, pageRows, Pane, resourceOf, Rows, setOptions, settled,
  shortMoment, td, textInput, throttled,
} from './kit.js';

const tones = { stored: 'good', ignored: 'wait', refused: 'bad' };
const columns = [['Time', 'c-time'], 'Outcome', 'Operation', 'User', ['Session', 'c-session'], 'Record and why'];
const all = ['', 'All trackers and datasets'];

export class EventsPane extends Pane {
  constructor() {
    super();
    const input = (label) => textInput({ placeholder: label, 'aria-label': label, class: 'short' });
    this.of = choice([all], { 'aria-label': 'Event tracker or dataset' });
    this.result = choice([['', 'Any outcome'], ...Object.keys(tones)], { 'aria-label': 'Outcome' });
    this.user = input('User');
    this.session = input('Session');
    const filters = [this.of, this.result, this.user, this.session];
    for (const field of filters)
      field.addEventListener(
        'input',
        settled(250, () => this.#begin()),
      );
    this.list = new Rows('Events', columns, 'No events. The five operations of Personalize Events bring them.');
    this.element = this.listCard('Events', {
      buttons: [actionButton('Clear', this.outcome, () => this.#clear(), 'small')],
      filters,
      content: this.list,
      foot: this.paged(() => this.#read(), { before: 'Newer', after: 'Older' }),
    });
    this.readSoon = throttled(500, () => this.cursors.number === 1 && this.#read());
  }

  enter() {
    const begin = () => {
      this.#readSources().catch(() => {}); // then none can be chosen
      this.#begin();
    };
    const happened = ({ operation }) => operation.startsWith('Put') && this.readSoon();
    if (this.listen({ request: happened, 'reset again': begin, tenant: begin })) begin();
  }

  #begin() {
    this.cursors.reset();
    return this.#read();
  }

  /** Trackers by their tracking id, and datasets, to which items, users and actions are put. */
  async #readSources() {
    const { resources } = await control('GET', 'resources', { query: { kind: 'eventTracker,dataset', limit: 200 } });
    const optionOf = async ({ arn, kind, name }) => {
      if (kind === 'dataset') return [`datasetArn ${arn}`, arn.slice(arn.indexOf('/') + 1)];
      const { describe } = await resourceOf(arn);
      return [`trackingId ${describe.eventTracker.trackingId}`, `${name}: ${describe.eventTracker.trackingId}`];
    };
    setOptions(this.of, [all, ...(await Promise.all(resources.map(optionOf)))]);
  }

  #read() {
    const reading = (this.reading = {});
    return this.attempt(async () => {
      const [name, value] = this.of.value.split(' ');
      const narrowed = {
        outcome: this.result.value,
        userId: this.user.value.trim(),
        sessionId: this.session.value.trim(),
      };
      const query = { ...narrowed, ...(name && { [name]: value }), limit: pageRows, after: this.cursors.cursor };
      const { events, next = '' } = await control('GET', 'events', { query });
      if (this.reading !== reading) return;
      this.cursors.next = next;
      const times = new Map(); // equal events are rows of their own
      const numbered = events.map((event) => {
        const text = JSON.stringify(event);
        times.set(text, (times.get(text) ?? 0) + 1);
        return { ...event, id: text + times.get(text) };
      });
      this.list.keep(numbered, rowOf);
      this.pager.show(this.cursors.number > 1 ? `page ${this.cursors.number}` : '');
    });
  }

  async #clear() {
    if (!(await confirmed('Forget all events? The rows that they have become stay.', 'Clear'))) return;
    await control('DELETE', 'events');
    await this.#begin();
  }
}

function rowOf({ at, outcome, operation, trackingId, datasetArn, userId, sessionId, record, why }) {
  const summary = record ? JSON.stringify(record).slice(0, 90) : 'no record could be read';
  return h(
    'tr',
    td('mono c-time', shortMoment(Date.parse(at))),
    td('', h('span', { class: `chip ${tones[outcome]}` }, outcome)),
    h('td', { title: trackingId ?? datasetArn }, operation),
    td('mono', userId),
    td('mono c-session', sessionId),
    td('wrap', why, h('details', h('summary.muted.small', summary), jsonBlock(record, 'Record'))),
  );
}

// The pane of time: the clock of the service, common or of one account, and all that moves it.
import {
  actionButton, checkDuration, clocks, Field, h, momentText, Outcome, Pane, setText, tenant, textInput,
} from './kit.js';
import { advance, doneWords, put } from './clock_bar.js';

const moves = Object.entries({ '1 s': '1s', '1 min': '1m', '1 h': '1h', '1 day': '1d' });

export class TimePane extends Pane {
  constructor() {
    super();
    this.now = h('p.big.mono');
    this.mode = h('p.muted');
    this.whose = h('p.muted.small');
    this.moved = new Outcome(); // apart from the outcome of reading the clock
    const act = (label, action, more) => actionButton(label, this.moved, action, more);
    const move = (body) => async () => doneWords(await advance(body));
    this.freeze = act('Freeze', () => put({ mode: 'frozen' }));
    this.run = act('Run', () => put({ mode: 'real' }));
    const line = (label, name, placeholder, check, action, hint) => {
      const field = new Field(label, textInput({ placeholder }), { hint, pointer: `/${name}`, check });
      const run = () => (field.value !== '' && field.verify() ? action(field.value) : void field.input.focus());
      return h('div.row.bottom', field, act('Go', run, { fields: [field], 'aria-label': `Go: ${label}` }));
    };
    const isSpeed = (text) => (text === '' || Number(text) > 0 ? '' : 'a number above 0');
    const isMoment = (text) => (text === '' || !Number.isNaN(Date.parse(text)) ? '' : 'an ISO 8601 moment');
    const content = h(
      'div.body.stack',
      this.now,
      this.mode,
      this.whose,
      h('h3', 'Move it'),
      h(
        'div.row',
        moves.map(([label, by]) => act(label, move({ by }))),
        act('Until idle', move({ until: 'idle' })),
      ),
      this.moved,
      line('Advance by', 'by', '1h30m', checkDuration, (by) => move({ by })()),
      line(
        'Speed',
        'speed',
        '60',
        isSpeed,
        (speed) => put({ speed: Number(speed) }),
        'Seconds of the service in one real second',
      ),
      line('Jump to', 'now', '2026-01-31T12:00:00Z', isMoment, (now) => put({ now }), 'Time never runs back'),
    );
    this.element = h('div.single', this.listCard('Time', { buttons: [this.freeze, this.run], content }));
    clocks.addEventListener('changed', () => this.#show());
  }

  enter() {
    const read = () => this.attempt(() => clocks.read());
    this.listen({ again: read, tenant: read, tick: () => this.#tick() });
    return read();
  }

  #show() {
    const clock = clocks.of();
    if (!clock) return;
    const isFrozen = clock.mode === 'frozen';
    this.freeze.disabled = isFrozen;
    this.run.disabled = !isFrozen;
    const pace = clock.speed === 1 ? 'as real time does' : `${clock.speed} times as fast as real time`;
    setText(this.mode, isFrozen ? 'Frozen: it moves only when it is moved.' : `Runs ${pace}.`);
    const { account } = tenant;
    const own = `The clock of ${account}. A change gives the account a clock of its own.`;
    setText(this.whose, account ? own : 'The common clock, of every account without its own.');
    this.#tick();
  }

  #tick() {
    const clock = clocks.of();
    if (clock) setText(this.now, `${momentText(clock.now)} Z`);
  }
}

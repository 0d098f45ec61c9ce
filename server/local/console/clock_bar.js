// The service's clock in the bar: what time it is there, and the moves that are made most.
import {
  actionButton, clocks, control, everyTick, h, linkTo, momentText, Outcome, setText, tenant, wordsOf,
} from './kit.js';

/** Moves the tenant's clock, and returns what the server answers. */
export async function advance(body) {
  const moved = await control('POST', 'clock/advance', { body });
  clocks.take(moved);
  return moved;
}

export function doneWords({ done = {}, stopped }) {
  const all = Object.entries(done).map(([what, count]) => `${count} ${wordsOf(what)}`);
  const words = all.length > 0 ? `Moved, with ${all.join(', ')}.` : 'Moved.';
  return stopped ? `${words} It stopped early: ${typeof stopped === 'string' ? stopped : 'move it again'}.` : words;
}

export const put = async (body) => clocks.take(await control('PUT', 'clock', { body }));

const isFrozen = () => clocks.of()?.mode === 'frozen';

export class ClockBar {
  constructor() {
    this.now = h('a.now.mono', { href: linkTo('time') });
    this.mode = h('span.chip.tag', { id: 'mode' });
    this.outcome = new Outcome();
    const move = (label, body, title) =>
      actionButton(label, this.outcome, async () => void (await advance(body)), { kind: 'small', title });
    this.freeze = actionButton('Freeze', this.outcome, () => put({ mode: isFrozen() ? 'real' : 'frozen' }), {
      kind: 'small freeze',
    });
    const moves = h(
      'span.row.moves',
      this.freeze,
      move('+1 s', { by: '1s' }, 'Advance by 1 second'),
      move('+1 min', { by: '1m' }, 'Advance by 1 minute'),
      move('+1 h', { by: '1h' }, 'Advance by 1 hour'),
      move('Idle', { until: 'idle' }, 'Advance until no timed change is left'),
    );
    this.element = h('div.row', this.now, this.mode, moves, this.outcome.element);
    clocks.addEventListener('changed', () => this.show());
    tenant.addEventListener('changed', () => this.show());
    everyTick(() => this.tick());
    this.show();
  }

  show() {
    const clock = clocks.of();
    if (!clock) return;
    const isReal = clock.mode !== 'frozen';
    setText(this.mode, isReal ? `× ${clock.speed}` : 'frozen');
    this.mode.className = `chip tag ${isReal ? 'good' : 'move'}`;
    setText(this.freeze, isReal ? 'Freeze' : 'Run');
    this.tick();
  }

  tick() {
    const clock = clocks.of();
    if (clock) setText(this.now, `${momentText(clock.now)} Z`);
  }
}

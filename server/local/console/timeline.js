// The timeline of a resource, drawn to scale: the statuses so far and to come, and the cause of each change.
import { clocks, fill, h, isTerminal, lengthOf, momentText, setText, table, td, toneOf } from './kit.js';

const byWords = { timer: 'time', calls: 'Describe calls', command: 'a command', work: 'the end of its work' };

function causeWords(cause) {
  const [kind, rule] = cause.split(/:(.*)/s);
  if (kind === 'rule') return `rule ${rule}`;
  return { timer: 'time', call: 'a call', command: 'a command', fixture: 'a fixture', work: 'work' }[kind] ?? cause;
}

/**
 * The statuses as segments, each with its share of the width in percent as `part`. A stable status has no length of its
 * own, so it gets a fixed share, as one whose end no clock says. All others are to scale.
 */
function segmentsOf({ timeline, upcoming }) {
  const steps = [...timeline.map((step) => ({ ...step, isPast: true })), ...upcoming];
  const moments = steps.map(({ at }) => (at ? Date.parse(at) : null));
  const segments = steps.map((step, i) => {
    const [from, to = null] = [moments[i], moments[i + 1]];
    const isCut = isTerminal(step.status) || from === null || to === null;
    return { ...step, from, to, isCut, isPresent: i === timeline.length - 1 };
  });
  const cuts = segments.filter(({ isCut }) => isCut).length;
  const whole = segments.reduce((sum, { from, to, isCut }) => (isCut ? sum : sum + to - from), 0);
  const share = whole === 0 ? 100 / segments.length : Math.min(22, 60 / (cuts || 1));
  for (const segment of segments) {
    const { from, to, isCut } = segment;
    segment.part = isCut || whole === 0 ? share : ((100 - share * cuts) * (to - from)) / whole;
  }
  return segments;
}

export class Timeline {
  constructor() {
    this.bar = h('div.timeline', { 'aria-hidden': 'true' });
    this.body = h('tbody');
    this.note = h('p.muted.small');
    this.element = h(
      'div.stack',
      this.bar,
      this.note,
      h(
        'div.scroll',
        { tabIndex: 0, role: 'group', 'aria-label': 'Statuses' },
        table('Timeline', ['Status', 'Began', ['Lasts', 'number'], 'Cause'], this.body),
      ),
    );
  }

  show(resource) {
    this.account = resource.account;
    this.fallback = Date.parse(resource.now);
    this.segments = segmentsOf(resource);
    this.marker = h('span.now-mark');
    fill(this.bar, this.segments.map(segmentElement), this.marker);
    fill(
      this.body,
      this.segments.map((segment) => this.#row(segment)),
    );
    const isCut = this.segments.some((segment) => segment.isCut);
    setText(
      this.note,
      isCut ? 'To scale, but for statuses with a ragged end: they last as long as nothing changes.' : 'To scale.',
    );
    this.tick();
  }

  #now() {
    return clocks.of(this.account)?.now ?? this.fallback;
  }

  #row(segment) {
    const lasts = h('td.number');
    segment.tick = () => setText(lasts, this.#lengthText(segment));
    segment.tick();
    const cause = segment.isPast ? causeWords(segment.cause) : `to come, by ${byWords[segment.by] ?? segment.by}`;
    return h(
      'tr',
      { class: segment.isPast ? '' : 'to-come' },
      td('', h('span', { class: `chip ${toneOf(segment.status)}` }, segment.status)),
      td('mono', segment.from === null ? '–' : momentText(segment.from, { ms: true })),
      lasts,
      td('', cause, segment.work && h('p.muted.small.wrap', workWords(segment.work))),
    );
  }

  #lengthText({ from, to, isPresent }) {
    if (from === null) return '';
    if (to !== null) return lengthOf(to - from);
    return isPresent ? lengthOf(this.#now() - from) : '';
  }

  tick() {
    const present = this.segments?.find(({ isPresent }) => isPresent);
    if (!present) return;
    present.tick();
    const before = this.segments.slice(0, this.segments.indexOf(present)).reduce((sum, { part }) => sum + part, 0);
    const passed = present.isCut ? 0.5 : (this.#now() - present.from) / (present.to - present.from || 1);
    this.marker.style.left = `${before + present.part * Math.min(1, Math.max(0, passed))}%`;
  }
}

function segmentElement(segment) {
  const { status, part, isPast, isCut, cause, by } = segment;
  const tone = `${toneOf(status)}${isPast ? '' : ' to-come'}${isCut ? ' ragged' : ''}`;
  const words = isPast ? causeWords(cause) : (byWords[by] ?? by);
  const element = h(
    'div',
    { class: 'segment', title: `${status}, by ${words}` },
    h('div', { class: `span ${tone}` }, status),
    h('div.cause', words),
  );
  element.style.width = `${part}%`;
  return element;
}

function workWords({ files, bytes, lines, errors, detail }) {
  const counts = `${files} files, ${bytes.toLocaleString('en')} bytes, ${lines.toLocaleString('en')} lines, ${errors} errors`;
  return detail ? `${counts}: ${detail}` : counts;
}

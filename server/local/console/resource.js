// One resource: what Describe answers, its timeline, and the buttons that move it.
import {
  actionButton, arnParts, button, chip, confirmed, control, copyButton, deleteOf, detailCard, Field, fill, h,
  isTerminal, wordsOf, linkTo, moveChip, nameOf, Outcome, Pane, resourceOf, service, setText, textInput, throttled,
} from './kit.js';
import { cliCall, curlCall, fixtureOf, linkedJson } from './copies.js';
import { nextText } from './tree_row.js';
import { Timeline } from './timeline.js';

const isDeletion = ({ kind }) => kind === 'dataDeletionJob';
const doneOf = (resource) => (isDeletion(resource) ? 'COMPLETED' : 'ACTIVE');

function failedOf(resource) {
  if (isDeletion(resource)) return 'FAILED';
  return resource.status.startsWith('UPDATE') ? 'UPDATE FAILED' : 'CREATE FAILED';
}

export class ResourceView extends Pane {
  constructor(close) {
    super();
    this.title = h('h2.wrap', { tabIndex: -1 });
    this.kind = h('span.muted');
    this.next = h('span.muted');
    this.chip = chip(null);
    this.arn = h('code.wrap');
    this.banner = h('p.banner.bad', { hidden: true });
    this.links = h('div.row');
    this.timeline = new Timeline();
    this.timed = h('section.stack', { 'aria-label': 'Timeline' }, h('h3', 'Timeline'), this.timeline);
    this.describe = h('div');
    const copy = (label, make) => copyButton(label, () => make(this.resource));
    const copies = [copy('AWS CLI', cliCall), copy('curl', curlCall), copy('fixture', fixtureOf)];
    const heading = [h('div.grow', this.title, this.kind), button('Close', close, 'small')];
    this.element = detailCard(
      'One resource',
      heading,
      this.outcome,
      h('div.row', this.chip, this.next),
      h(
        'div.row',
        this.arn,
        copy('Copy', ({ arn }) => arn),
      ),
      this.banner,
      this.links,
      this.#actions(),
      this.timed,
      h('div.row', h('h3.grow', 'Describe'), h('span.muted.small', 'Copy as'), copies),
      this.describe,
    );
    this.element.hidden = true;
    this.readSoon = throttled(250, () => this.#read());
  }

  #actions() {
    this.moved = new Outcome();
    const act = (label, action, more) => actionButton(label, this.moved, action, more);
    const placeholder = 'Why it failed, as Describe will say';
    this.reason = new Field('Reason', textInput({ placeholder }), { pointer: '/failureReason' });
    this.onward = act('Step onward', () => this.#transition());
    this.toDone = act('To ACTIVE', () => this.#transition(doneOf(this.resource)));
    this.remove = act('Delete', () => this.#delete(), 'danger');
    const fail = () => this.#transition(failedOf(this.resource), this.reason.value || undefined);
    this.fail = act('Let it fail', fail, { kind: 'danger', fields: [this.reason] });
    const moves = h('div.row', this.onward, this.toDone, this.remove);
    return [moves, h('div.row.bottom', this.reason, this.fail), this.moved];
  }

  /** Shows a resource, or nothing for an empty ARN. */
  show(arn) {
    if (arn === this.wanted) return;
    this.wanted = arn;
    this.resource = null;
    this.element.hidden = !arn;
    this.leave();
    if (!arn) return;
    this.listen({
      'reset again clock': this.readSoon,
      resource: (event) => event.arn === arn && this.readSoon(),
      tick: () => this.#tick(),
    });
    this.moved.clear();
    this.reason.value = '';
    this.#read();
  }

  #tick() {
    if (!this.resource) return;
    setText(this.next, nextText(this.resource));
    this.timeline.tick();
  }

  #read() {
    const arn = this.wanted;
    return this.attempt(async () => {
      try {
        const resource = await resourceOf(arn);
        if (arn !== this.wanted) return;
        const isFirst = !this.resource;
        this.resource = resource;
        this.#fill();
        if (isFirst) this.title.focus({ preventScroll: true });
      } catch (error) {
        if (arn !== this.wanted) return;
        if (error.status === 404) this.#showGone(arn);
        throw error;
      }
    });
  }

  #showGone(arn) {
    if (!this.resource) setText(this.title, arnParts(arn).name);
    moveChip(this.chip, 'DELETED');
    setText(this.next, '');
    for (const each of [this.onward, this.toDone, this.remove, this.fail]) each.disabled = true;
  }

  #fill() {
    const { resource } = this;
    const { arn, kind, status, account, region, failureReason = '' } = resource;
    const name = nameOf(resource);
    setText(this.title, name);
    setText(this.kind, `${wordsOf(kind)} of ${account} in ${region}`);
    setText(this.arn, arn);
    moveChip(this.chip, status);
    setText(this.banner, failureReason);
    this.banner.hidden = !failureReason;
    setText(this.toDone, `To ${doneOf(resource)}`);
    this.onward.disabled = isTerminal(status);
    this.toDone.disabled = status === null || status === doneOf(resource);
    this.fail.disabled = status === null;
    this.remove.disabled = false;
    this.remove.hidden = deleteOf(kind) === null;
    this.timed.hidden = status === null;
    if (status !== null) this.timeline.show(resource);
    const described = JSON.stringify(resource.describe);
    if (described !== this.described) fill(this.describe, linkedJson(resource.describe, `Describe of ${name}`));
    this.described = described; // what has not changed keeps its scrolling and its selection
    fill(this.links, linksOf(resource));
    this.#tick();
  }

  async #transition(to, failureReason) {
    const { arn, status } = this.resource;
    const force = isTerminal(status) || undefined;
    const moved = await control('POST', 'transition', { body: { arn, to, failureReason, force }, account: '' });
    await this.#read();
    return `It is ${moved.status}.`;
  }

  async #delete() {
    const { arn, kind, account, region } = this.resource;
    if (!(await confirmed(`Delete ${nameOf(this.resource)}, as ${deleteOf(kind)} does?`, 'Delete'))) return undefined;
    await service(deleteOf(kind), { [`${kind}Arn`]: arn }, { account, region });
    await this.#read();
    return 'Its deletion has begun.';
  }
}

/** Where to go from a resource: its requests, its rows, its recommendations. */
function linksOf({ arn, kind, parent }) {
  const tried = ['Try it', linkTo('recommendations', '', { of: arn })];
  const more = {
    dataset: ['Its rows', linkTo('data', '', { dataset: arn })],
    campaign: tried,
    recommender: tried,
    eventTracker: ['Its events', linkTo('events')],
  }[kind];
  const all = [
    ['Its requests', linkTo('requests', '', { arn })],
    more,
    parent && ['What it is part of', linkTo('world', parent)],
  ];
  return all.filter(Boolean).map(([text, href]) => h('a', { href }, text));
}

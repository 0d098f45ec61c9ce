// One row of the tree, kept and moved with its resource, so that nothing flickers when a status changes.
import { chip, h, linkTo, nameOf, wordsOf, moveChip, setText, untilText } from './kit.js';

const causes = { calls: 'by Describe calls', command: 'by a command', work: 'when its work is done' };

export function nextText({ next, account }) {
  if (!next) return '';
  const when = next.at ? untilText(next.at, account) : (causes[next.by] ?? '');
  return `${next.status} ${when}`.trim();
}

export class TreeRow {
  constructor(node, grid) {
    this.node = node;
    const { resource, level } = node;
    this.twisty = h('span.twisty', { 'aria-hidden': 'true' });
    this.chip = chip(resource.status);
    this.next = h('span.next');
    this.count = h('span.count.muted.small');
    this.note = h('span.note');
    this.below = h('span.below.muted.small');
    const link = h('a', { href: linkTo('world', resource.arn), tabindex: '-1', class: 'name' }, nameOf(resource));
    const name = h(
      'td',
      { role: 'gridcell', class: 'c-name' },
      h('div.named', this.twisty, link, h('span.what.muted.small', wordsOf(resource.kind)), this.count),
      this.below,
    );
    name.style.setProperty('--level', level - 1);
    this.element = h(
      'tr',
      { role: 'row', class: 'pick', tabindex: '-1', 'aria-level': level, dataset: { arn: resource.arn } },
      name,
      h('td', { role: 'gridcell', class: 'c-kind muted' }, wordsOf(resource.kind)),
      h('td', { role: 'gridcell', class: 'c-status' }, this.chip),
      h('td', { role: 'gridcell', class: 'c-next cut' }, this.next, this.note),
      h('td', { role: 'gridcell', class: 'c-account muted mono' }, `${resource.account} ${resource.region}`),
    );
    this.element.addEventListener('click', (event) => grid.clicked(this, event));
    this.show();
  }

  get key() {
    return this.node.resource.arn;
  }

  show() {
    const { resource, canOpen, isOpen } = this.node;
    moveChip(this.chip, resource.status);
    this.chip.hidden = resource.status === null;
    setText(this.note, resource.failureReason ?? '');
    this.note.title = resource.failureReason ?? '';
    this.element.classList.toggle('gone', resource.status === 'DELETED');
    const count = Object.values(resource.children ?? {}).reduce((sum, each) => sum + each, 0);
    setText(this.count, count > 0 ? count.toLocaleString('en') : '');
    if (canOpen) this.element.setAttribute('aria-expanded', String(isOpen));
    else this.element.removeAttribute('aria-expanded');
    this.twisty.dataset.open = canOpen ? String(isOpen) : '';
    this.tick();
  }

  tick() {
    const text = nextText(this.node.resource);
    setText(this.next, text);
    setText(this.below, this.node.resource.failureReason ?? text);
  }
}

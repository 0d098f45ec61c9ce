// The pane of all resources: a tree of dataset groups, or a list of what a search finds; beside it the chosen resource.
import {
  announce, choice, control, goTo, h, kinds, nameOf, Pane, resourceOf, setOptions, settled, throttled,
  wordsOf,
} from './kit.js';
import { ResourceView } from './resource.js';
import { Branch } from './tree.js';
import { TreeGrid } from './tree_grid.js';

// Dataset groups first, schemas last.
const roots = { parent: 'none', kind: [...kinds.filter((kind) => kind !== 'schema'), 'schema'].join(',') };
const working = ['inProgress', 'in progress'];
const statuses = [['', 'Any status'], 'ACTIVE', working, 'failed', 'INACTIVE', 'CREATE STOPPED', 'COMPLETED'];

const fewChanges = 8;

export class WorldPane extends Pane {
  #changed = new Set();

  constructor() {
    super();
    const label = 'Name or ARN';
    this.search = h('input', { type: 'search', placeholder: label, 'aria-label': label });
    this.kind = choice([['', 'All kinds']], { 'aria-label': 'Kind' });
    this.status = choice(statuses, { 'aria-label': 'Status' });
    const filters = [this.search, this.kind, this.status];
    for (const field of filters)
      field.addEventListener(
        'input',
        settled(200, () => this.#begin()),
      );
    this.grid = new TreeGrid({
      open: (arn) => goTo('world', arn),
      toggle: (node) => this.attempt(() => this.#toggle(node)),
      page: () => this.#read(),
    });
    this.resource = new ResourceView(() => this.#close());
    const list = this.listCard('World', { filters, content: this.grid, foot: this.grid.foot });
    this.element = h('div.split', list, this.resource.element);
    this.readSoon = throttled(1000, () => this.#read());
    this.refreshSoon = throttled(300, () => this.#refresh());
  }

  enter(arn) {
    this.arn = arn;
    this.element.classList.toggle('has-detail', arn !== '');
    this.grid.select(arn);
    this.resource.show(arn);
    const isNew = this.listen({
      resource: (event) => this.#happened(event),
      'reset again': () => this.#read(),
      tenant: () => this.#begin(),
      tick: () => this.grid.tick(),
    });
    if (isNew && this.root) this.#read();
    else if (isNew) this.#begin();
  }

  leave() {
    super.leave();
    this.resource.show('');
  }

  #begin() {
    const query = { search: this.search.value.trim(), kind: this.kind.value, status: this.status.value };
    const isFlat = Object.values(query).some(Boolean);
    this.root = new Branch(isFlat ? query : roots, null, isFlat);
    this.grid.begin(this.root);
    return this.#read();
  }

  #read() {
    const { root } = this;
    return this.attempt(async () => {
      await root.read();
      if (root !== this.root) return;
      this.grid.show();
      const { resources } = await control('GET', 'health');
      const counted = kinds.filter((kind) => resources[`${kind}s`]);
      const labelOf = (kind) => `${wordsOf(kind, 2)} (${resources[`${kind}s`].toLocaleString('en')})`;
      setOptions(this.kind, [['', 'All kinds'], ...counted.map((kind) => [kind, labelOf(kind)])]);
    });
  }

  async #toggle(node) {
    if (node.isOpen) node.isOpen = false;
    else await node.open();
    this.grid.show();
  }

  /** Shows the status at once, and reads soon what else has changed with it. */
  #happened({ arn, status, at }) {
    const node = this.grid.find(arn);
    if (!node || status === 'DELETED') this.readSoon();
    if (!node) return;
    Object.assign(node.resource, { status, changed: at, next: undefined });
    this.grid.refresh(node);
    this.#changed.add(node);
    this.refreshSoon();
  }

  async #refresh() {
    const nodes = [...this.#changed];
    this.#changed.clear();
    const [{ resource }] = nodes;
    announce(nodes.length > 1 ? `${nodes.length} statuses have changed` : `${nameOf(resource)} is ${resource.status}`);
    if (nodes.length > fewChanges) return this.readSoon();
    await this.attempt(async () => {
      for (const node of nodes.filter(({ resource: { status } }) => status !== 'DELETED')) {
        node.resource = await resourceOf(node.resource.arn);
        this.grid.refresh(node);
      }
    });
  }

  #close() {
    const { arn } = this;
    goTo('world');
    this.grid.focus(arn);
  }
}

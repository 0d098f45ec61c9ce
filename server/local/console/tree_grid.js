// The table of the tree: which rows are in the page, and how the keyboard moves among them.
import { arrange, button, h, Pager, setText } from './kit.js';
import { TreeRow } from './tree_row.js';

const mostRows = 200;

export class TreeGrid {
  #rows = new Map(); // by the branch and the ARN
  #pagers = new WeakMap();
  #first = 0;
  #shown = [];

  /** `open(arn)` shows a resource, `toggle(node)` opens or closes a node, `page()` reads all open pages again. */
  constructor({ open, toggle, page }) {
    Object.assign(this, { open, toggle, page });
    const heads = [
      ['c-name', 'Name'],
      ['c-kind', 'Kind'],
      ['c-status', 'Status'],
      ['c-next', 'Next change'],
      ['c-account', 'Account and region'],
    ];
    this.body = h('tbody', { role: 'rowgroup' });
    this.table = h(
      'table',
      { role: 'treegrid', 'aria-label': 'Resources', class: 'tree', onkeydown: (event) => this.#pressed(event) },
      h(
        'thead',
        { role: 'rowgroup' },
        h(
          'tr',
          { role: 'row' },
          heads.map(([name, text]) => h('th', { role: 'columnheader', scope: 'col', class: name }, text)),
        ),
      ),
      this.body,
    );
    this.empty = h(
      'p.empty',
      { hidden: true },
      'No resources. Create one with your program, or drop a document on Snapshot.',
    );
    this.earlier = button('Rows before', () => this.#window(-mostRows), 'small');
    this.later = button('Rows after', () => this.#window(mostRows), 'small');
    this.words = h('span');
    this.foot = h('div.pager', { hidden: true }, this.earlier, this.later, this.words);
    this.element = [this.table, this.empty];
  }

  begin(root) {
    this.root = root;
    this.#first = 0;
    this.#rows.clear();
  }

  /** Brings the rows into line with the tree. */
  show() {
    const all = [...this.root.rows()];
    this.#first = Math.min(this.#first, Math.max(0, all.length - 1));
    this.#shown = all.slice(this.#first, this.#first + mostRows);
    const kept = this.#rows;
    this.#rows = new Map();
    const elements = this.#shown.map((row) =>
      row.node ? this.#rowOf(row.node, kept).element : this.#pager(row.branch),
    );
    arrange(this.body, elements);
    this.empty.hidden = all.length > 0;
    this.table.hidden = all.length === 0;
    this.foot.hidden = all.length <= mostRows;
    this.earlier.disabled = this.#first === 0;
    this.later.disabled = this.#first + mostRows >= all.length;
    setText(this.words, `Rows ${this.#first + 1} to ${this.#first + this.#shown.length} of ${all.length}`);
    const accounts = new Set(this.#shown.map(({ node }) => node && `${node.resource.account} ${node.resource.region}`));
    accounts.delete(undefined);
    this.table.classList.toggle('one-account', accounts.size < 2);
    this.#keepTabStop();
    this.select(this.selected);
  }

  #rowOf(node, kept) {
    const key = `${node.owner.node?.resource.arn ?? ''} ${node.resource.arn}`;
    let row = kept.get(key);
    if (row?.node === node) row.show();
    else row = new TreeRow(node, this);
    this.#rows.set(key, row);
    return row;
  }

  /** The row with the buttons of a branch's pages. It is kept, so that it keeps the focus. */
  #pager(branch) {
    const made = this.#pagers.get(branch) ?? this.#makePager(branch);
    made.pager.show(branch.nodes.length === 0 ? 'nothing here' : `page ${branch.cursors.number}`);
    return made.element;
  }

  #makePager(branch) {
    const pager = new Pager(branch.cursors, () => this.page());
    const cell = h('td', { role: 'gridcell', colspan: 5, class: 'c-name' }, pager);
    cell.style.setProperty('--level', branch.level - 1);
    const element = h('tr', { role: 'row', 'aria-level': branch.level, class: 'pages' }, cell);
    this.#pagers.set(branch, { pager, element });
    return this.#pagers.get(branch);
  }

  #window(by) {
    this.#first = Math.max(0, this.#first + by);
    this.show();
    this.table.scrollIntoView();
  }

  find(arn) {
    return this.#shown.find(({ node }) => node?.resource.arn === arn)?.node;
  }

  refresh(node) {
    for (const row of this.#rows.values()) if (row.node === node) row.show();
  }

  tick() {
    for (const row of this.#rows.values()) if (row.node.resource.next) row.tick();
  }

  select(arn) {
    this.selected = arn;
    for (const { element, key } of this.#rows.values()) element.setAttribute('aria-selected', String(key === arn));
  }

  focus(arn) {
    const row = [...this.#rows.values()].find(({ key }) => key === arn);
    if (row) this.#focusOn(row.element);
  }

  clicked(row, event) {
    if (event.target === row.twisty) {
      event.preventDefault();
      this.toggle(row.node);
    } else if (event.target.tagName !== 'A') {
      this.open(row.key);
    }
    this.#focusOn(row.element);
  }

  /** One row can be reached with Tab; the arrow keys lead from there. */
  #keepTabStop() {
    const rows = [...this.#rows.values()].map(({ element }) => element);
    const stop = rows.find((element) => element.tabIndex === 0) ?? rows[0];
    for (const element of rows) element.tabIndex = element === stop ? 0 : -1;
  }

  #focusOn(element) {
    for (const row of this.#rows.values()) row.element.tabIndex = -1;
    element.tabIndex = 0;
    element.focus();
  }

  #pressed(event) {
    const rows = [...this.#rows.values()];
    const at = rows.findIndex(({ element }) => element === event.target);
    if (at < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    const { node } = rows[at];
    const isOpen = node.canOpen && node.isOpen;
    const moves = {
      ArrowDown: () => this.#focusOn((rows[at + 1] ?? rows[at]).element),
      ArrowUp: () => this.#focusOn((rows[at - 1] ?? rows[at]).element),
      Home: () => this.#focusOn(rows[0].element),
      End: () => this.#focusOn(rows.at(-1).element),
      Enter: () => this.open(rows[at].key),
      ArrowRight: () => (node.canOpen && !isOpen ? this.toggle(node) : isOpen && moves.ArrowDown()),
      ArrowLeft: () => (isOpen ? this.toggle(node) : node.owner.node && this.focus(node.owner.node.resource.arn)),
    };
    if (!moves[event.key]) return;
    event.preventDefault();
    moves[event.key]();
  }
}

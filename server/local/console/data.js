// The pane of rows: those of one dataset in pages, found by id, and a form for one more.
import {
  choice, control, detailCard, fill, h, pageRows, Pane, setOptions, settled, table, tenant, textInput,
} from './kit.js';
import { columnsOf, RowForm } from './row_form.js';

const searches = {
  INTERACTIONS: ['userId', 'itemId'],
  ACTION_INTERACTIONS: ['userId', 'actionId'],
};
const labels = { id: 'Id', userId: 'User', itemId: 'Item', actionId: 'Action' };

export class DataPane extends Pane {
  constructor() {
    super();
    this.dataset = choice([['', 'Choose a dataset']], { 'aria-label': 'Dataset' });
    this.search = h('span.row');
    this.dataset.addEventListener('change', () => this.#chosen());
    this.place = h('div', { tabIndex: 0, role: 'group', 'aria-label': 'Rows of the dataset' });
    this.form = new RowForm(() => this.#read());
    const list = this.listCard('Data', {
      filters: [this.dataset, this.search],
      content: this.place,
      foot: this.paged(() => this.#read()),
    });
    const detail = detailCard('Add a row', h('h2', 'Add a row'), this.form);
    this.element = h('div.split.both', list, detail);
    this.filters = [];
  }

  async enter(_, parameters) {
    this.listen({ 'reset again': () => this.#readDatasets(), tenant: () => this.#readDatasets() });
    await this.#readDatasets(parameters.get('dataset') ?? this.dataset.value);
  }

  #readDatasets(wanted = this.dataset.value) {
    return this.attempt(async () => {
      const query = { kind: 'dataset', region: tenant.region, limit: 500 };
      const { resources } = await control('GET', 'resources', { query });
      const all = resources.map(({ arn, account }) => [arn, `${arn.slice(arn.indexOf('/') + 1)} (${account})`]);
      setOptions(this.dataset, [['', all.length > 0 ? 'Choose a dataset' : 'There is no dataset'], ...all]);
      this.dataset.value = all.some(([arn]) => arn === wanted) ? wanted : (all[0]?.[0] ?? '');
      await this.#chosen();
    });
  }

  /** The schema of the dataset gives the columns, and what to search by. */
  async #chosen() {
    const arn = this.dataset.value;
    const type = arn.slice(arn.lastIndexOf('/') + 1);
    this.filters = (searches[type] ?? ['id']).map((name) => {
      const input = textInput({
        type: 'search',
        placeholder: labels[name],
        'aria-label': labels[name],
        class: 'short',
      });
      input.addEventListener(
        'input',
        settled(250, () => this.#begin()),
      );
      return { name, input };
    });
    fill(this.search, arn && this.filters.map(({ input }) => input));
    this.columns = [];
    // The rows say what is missing: such as a schema that a fixture only names.
    const columns = arn ? await columnsOf(arn).catch(() => []) : [];
    if (arn !== this.dataset.value) return; // another one was chosen meanwhile
    this.columns = columns;
    this.form.begin(arn, this.columns);
    await this.#begin();
  }

  #begin() {
    this.cursors.reset();
    return this.#read();
  }

  #read() {
    const reading = (this.reading = {});
    return this.attempt(async () => {
      const dataset = this.dataset.value;
      if (!dataset) return this.#show([]);
      const narrowed = Object.fromEntries(this.filters.map(({ name, input }) => [name, input.value.trim()]));
      const query = { dataset, limit: pageRows, after: this.cursors.cursor, ...narrowed };
      const { rows, next = '' } = await control('GET', 'data', { query, account: '' });
      if (this.reading !== reading) return;
      this.cursors.next = next;
      this.#show(rows);
    });
  }

  #show(rows) {
    const names = [...new Set([...this.columns.map(({ name }) => name), ...rows.flatMap(Object.keys)])];
    const isNumber = (name) => this.columns.some((column) => column.name === name && column.isNumber);
    const cell = (row, name) =>
      h('td', { class: isNumber(name) ? 'number mono' : 'mono', title: momentOf(name, row[name]) }, shown(row[name]));
    const body = h(
      'tbody',
      rows.map((row) =>
        h(
          'tr',
          names.map((name) => cell(row, name)),
        ),
      ),
    );
    const heads = names.map((name) => [name, isNumber(name) ? 'number' : '']);
    fill(this.place, rows.length > 0 ? table('Rows', heads, body) : h('p.empty', 'No rows.'));
    this.pager.show(this.cursors.number > 1 ? `page ${this.cursors.number}` : '');
  }
}

const shown = (value) =>
  value === undefined || value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);

const mostSeconds = 8.64e12; // of a Date

const momentOf = (name, value) =>
  /TIMESTAMP/i.test(name) && typeof value === 'number' && Math.abs(value) <= mostSeconds
    ? new Date(value * 1000).toISOString()
    : null;

// The pane of rules: the list with its counts, and beside it the form for a new one or the chosen one.
import {
  actionButton, button, confirmed, control, detailCard, goTo, h, linkTo, pageRows, Pane, pickRow, Rows, setText, td,
  tenant, throttled,
} from './kit.js';
import { fresh, takeDraft } from './rule_draft.js';
import { RuleForm } from './rule_form.js';

const columns = [
  'Id',
  ['Requests', 'c-wide'],
  ['Effect', 'c-wide'],
  ['Matched', 'number'],
  ['Fired', 'number'],
  ['Remove', 'unseen'],
];

export class RulesPane extends Pane {
  rules = [];

  constructor() {
    super();
    this.form = new RuleForm(() => this.#read());
    this.list = new Rows('Rules', columns, 'No rules. Every request gets what the service answers.');
    this.clear = actionButton('Remove all', this.outcome, () => this.#clear(), 'small');
    this.note = h('p.strip.muted.small');
    const list = this.listCard('Rules', {
      buttons: [h('a.button.small', { href: linkTo('rules', 'new') }, 'New rule'), this.clear],
      note: this.note,
      content: this.list,
      foot: this.paged(() => this.#show()),
    });
    this.title = h('h2.grow', { tabIndex: -1 });
    const back = button('Close', () => goTo('rules'), 'small narrow-only');
    this.element = h('div.split', list, detailCard('A rule', [this.title, back], this.form.element));
    this.readSoon = throttled(1000, () => this.#read());
  }

  async enter(id) {
    const isOther = id !== this.id;
    this.id = id;
    this.element.classList.toggle('has-detail', id !== '');
    const draft = takeDraft();
    if (draft || (isOther && ['', 'new'].includes(id))) this.#begin(draft ?? fresh);
    const read = () => this.#read();
    this.listen({ 'rules reset again': this.readSoon, request: ({ rule }) => rule && this.readSoon(), tenant: read });
    await read();
    const rule = isOther && this.rules.find((each) => each.id === id);
    if (rule) this.#begin(rule, id);
    if (id) this.title.focus({ preventScroll: true });
  }

  #begin(rule, known = null) {
    setText(this.title, known === null ? 'New rule' : `Rule ${known}`);
    this.form.begin(rule, known);
  }

  #read() {
    return this.attempt(async () => {
      ({ rules: this.rules } = await control('GET', 'rules'));
      this.#show();
    });
  }

  #show() {
    const { rules, cursors } = this;
    const whose = tenant.account
      ? `Rules of ${tenant.account} alone. They come before the common ones.`
      : 'Common rules, for every account.';
    setText(this.note, `${whose} The first that matches applies.`);
    const from = (cursors.number - 1) * pageRows;
    cursors.next = from + pageRows < rules.length ? 'more' : '';
    this.list.show(rules.slice(from, from + pageRows).map((rule) => this.#row(rule)));
    this.pager.show(rules.length > pageRows ? `${rules.length} rules` : '');
    this.clear.hidden = rules.length === 0;
  }

  #row(rule) {
    const { id, matched = 0, fired = 0, times } = rule;
    const href = linkTo('rules', id);
    const label = { kind: 'quiet small', 'aria-label': `Remove rule ${id}` };
    const cut = (text) => h('td.cut', { title: text }, text);
    return pickRow(
      href,
      [
        td('', h('a', { href, class: 'mono' }, id)),
        cut(matchWords(rule)),
        cut(effectWords(rule)),
        td('number', matched),
        td('number', times === undefined ? fired : `${fired} of ${times}`),
        td(
          'number',
          actionButton('Remove', this.outcome, () => this.#remove(id), label),
        ),
      ],
      { class: times !== undefined && fired >= times ? 'pick used' : 'pick', 'aria-current': String(id === this.id) },
    );
  }

  async #remove(id) {
    await control('DELETE', `rules/${encodeURIComponent(id)}`);
    await this.#read();
    return `Rule ${id} is removed.`;
  }

  async #clear() {
    const whose = tenant.account ? `of ${tenant.account}` : 'that are common';
    if (!(await confirmed(`Remove all rules ${whose}?`, 'Remove all'))) return undefined;
    await control('DELETE', 'rules');
    await this.#read();
    return 'All rules are removed.';
  }
}

function matchWords({ match = {} }) {
  const { operation = 'every request', ...rest } = match;
  const others = Object.entries(rest).map(([name, value]) => `${name} ${value}`);
  return [operation, ...others].join(', ');
}

function effectWords({ error, output, merge, candidates, delay, connection, lifecycle }) {
  return [
    error && `${error.type}${error.afterCommit ? ' after doing it' : ''}`,
    output && 'answers an output',
    merge && 'changes the answer',
    candidates && `${candidates.length} candidates`,
    delay && `delay ${delay}`,
    connection && `connection ${connection}`,
    lifecycle && `lifecycle ${Object.values(lifecycle).join(', ')}`,
  ]
    .filter(Boolean)
    .join(' · ');
}

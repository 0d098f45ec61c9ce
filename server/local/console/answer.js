// What was answered, item by item, and what is out and why.
import { button, control, facts, fill, h, jsonBlock, linkTo, momentText, table, td, wordsOfError } from './kit.js';
import { linkedJson } from './copies.js';

const mostRows = 100;
const score = (value) => (typeof value === 'number' ? value.toPrecision(4) : '');
const idOf = ({ itemId, actionId }) => itemId ?? actionId;
const rank = ['Rank', 'number'];
const place = ['Place', 'number'];

function section(title, columns, rows) {
  const content = h('div.scroll', table(title, columns, h('tbody', rows)));
  return rows.length > 0 && h('div.stack.tight', h('h3', `${title}: ${rows.length}`), content);
}

export class AnswerView {
  constructor() {
    this.content = h('div.body.stack', h('p.empty', 'The answer is shown here, beside why it is what it is.'));
    const heading = h('header', h('h2', 'Answer and explanation'));
    this.element = h('section.card.detail', { 'aria-label': 'Answer' }, heading, this.content);
  }

  show({ operation, input, answer, explanation, asked, group }) {
    this.group = group;
    const items = explanation.items ?? [];
    const { output, why, error = explanation.error, id } = answer;
    const journal = id ? 'The request in the journal' : `Requests of ${operation}`;
    const link = id ? linkTo('requests', id) : linkTo('requests', '', { operation });
    fill(
      this.content,
      error && h('p.banner.bad', wordsOfError(error)),
      why && h('p.banner.wait', why),
      !explanation.error && modelOf(explanation),
      output && this.#answered(items, output),
      this.#out(items, asked),
      h('details', h('summary', 'Input as sent'), linkedJson(input, 'Input')),
      output && h('details', h('summary', 'Output as received'), linkedJson(output, 'Output')),
      h('p', h('a', { href: link }, journal)),
    );
  }

  /** What the client got, each with what the explanation knows of it. */
  #answered(items, output) {
    const list = Object.values(output).find(Array.isArray) ?? [];
    if (list.length === 0) return h('p.empty', 'The answer is empty.');
    const explained = new Map(items.map((item) => [idOf(item), item]));
    const rows = list.slice(0, mostRows).map((item, i) => {
      const known = explained.get(idOf(item)) ?? {};
      const { promotionName = known.promotion, metadata } = item;
      const more = [promotionName && `promotion ${promotionName}`, metadata && JSON.stringify(metadata)];
      const note = td('muted wrap', more.filter(Boolean).join(' · '));
      return h(
        'tr',
        td('number', i + 1),
        this.#name(idOf(item)),
        td('number mono', score(item.score)),
        td('number', known.rank),
        note,
      );
    });
    return section('Answered', [place, 'Id', ['Score', 'number'], rank, 'Note'], rows);
  }

  /** What only has no place because the list is full is left out here too, unless it was asked about. */
  #out(items, asked) {
    const isTelling = (item) => item.outBy?.what !== 'numResults' || asked.includes(idOf(item));
    const out = items.filter((item) => item.place === null && isTelling(item));
    const rows = out.slice(0, mostRows).map((item) => {
      const { what = 'unknown', because, expression, filterArn } = item.outBy ?? {};
      const by = filterArn ? h('a', { href: linkTo('world', filterArn) }, what) : what;
      const reason = td('wrap', because, expression && h('code.expression', expression));
      return h('tr', this.#name(idOf(item)), td('number', item.rank), td('', by), reason);
    });
    return section('Left out', ['Id', rank, 'Taken out by', 'Because'], rows);
  }

  /** The id of an item, which shows its row. Actions and items of other groups have none to show. */
  #name(id) {
    if (!this.group) return td('mono', id);
    const more = { kind: 'quiet small mono', 'aria-expanded': 'false' };
    const show = button(id, () => this.#toggleRow(show, id), more);
    return td('', show);
  }

  async #toggleRow(from, id) {
    const row = from.closest('tr');
    const isOpen = from.getAttribute('aria-expanded') === 'true';
    from.setAttribute('aria-expanded', String(!isOpen));
    if (isOpen) return row.nextElementSibling.remove();
    const cell = h('td', { colspan: 5 });
    row.after(h('tr', cell));
    try {
      const dataset = `${this.group.replace(':dataset-group/', ':dataset/')}/ITEMS`;
      const { rows } = await control('GET', 'data', { query: { dataset, id }, account: '' });
      const none = h('p.muted', 'The Items dataset has no such row.');
      return fill(cell, rows.length > 0 ? jsonBlock(rows[0], `Row of ${id}`) : none);
    } catch (error) {
      return fill(cell, h('p.wrong', wordsOfError(error)));
    }
  }
}

function modelOf({ recipe, rule, model, notes = [] }) {
  const counts = model && `${model.interactions} interactions, ${model.users} users and ${model.items} items`;
  const trained =
    model && `${counts}, trained at ${momentText(Date.parse(model.trainedAt))}, revision ${model.revision}`;
  return facts({
    Recipe: recipe,
    Model: trained ?? 'none: what is answered is made up, or given by a rule',
    'Rule that fires': rule && h('a', { href: linkTo('rules', rule) }, rule),
    Notes: notes.join(' · '),
  });
}

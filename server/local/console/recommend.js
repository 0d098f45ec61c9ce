// The pane that tries campaigns and recommenders: a request as a client sends it, and the explanation of its answer.
import {
  actionButton, arnParts, checkCount, checkJson, choice, control, Field, fill, formOf, h, Pane, resourceOf, service,
  setOptions, tenant, textArea, textInput,
} from './kit.js';
import { AnswerView } from './answer.js';
import { given } from './rule_effects.js';

const [items, ranking, actions] = ['GetRecommendations', 'GetPersonalizedRanking', 'GetActionRecommendations'];

const words = (text) => text.split(/[\s,]+/).filter(Boolean);
const short = (arn) => arn.slice(arn.lastIndexOf(':') + 1);
const json = (text) => (checkJson(text, 'any') ? undefined : JSON.parse(text));

/** The fields of the input: label, operations that have it, input, what its text means, and options of the field. */
const makeFields = () => ({
  userId: ['User', [items, ranking, actions], textInput(), String],
  itemId: ['Item', [items], textInput(), String],
  inputList: [
    'Items to rank',
    [ranking],
    textArea({ rows: 3 }),
    words,
    { wide: true, hint: 'Ids, with spaces or commas between' },
  ],
  numResults: [
    'Number of results',
    [items, actions],
    textInput({ placeholder: '25' }),
    Number,
    { check: (text) => checkCount(text) },
  ],
  metadataColumns: [
    'Metadata columns',
    [items, ranking],
    textInput({ placeholder: 'PRICE, GENRES' }),
    (text) => ({ ITEMS: words(text) }),
  ],
  filterArn: ['Filter', [items, ranking, actions], choice([]), String, { wide: true }],
  context: [
    'Context',
    [items, ranking],
    textInput({ placeholder: '{"DEVICE": "phone"}' }),
    json,
    { wide: true, check: (text) => checkJson(text) },
  ],
  promotions: [
    'Promotions',
    [items],
    textArea({ rows: 2, placeholder: '[{"name": "sale", "percentPromotedItems": 20, "filterArn": "..."}]' }),
    json,
    { wide: true, check: (text) => checkJson(text, 'array') },
  ],
});

export class RecommendPane extends Pane {
  #filterValues = new Map();

  constructor() {
    super();
    this.answer = new AnswerView();
    this.of = new Field('Campaign or recommender', choice([]), { wide: true });
    this.operation = new Field('Operation', choice([items, ranking, actions]), { wide: true });
    this.fields = Object.entries(makeFields()).map(([name, [label, operations, input, read, options]]) =>
      Object.assign(new Field(label, input, options), { name, operations, read }),
    );
    this.filter = this.fields.find(({ name }) => name === 'filterArn');
    this.values = h('div.fields.wide');
    this.asked = new Field('Explain also', textInput(), { wide: true, hint: 'Ids that you miss in the answer' });
    this.ask = actionButton('Ask', this.outcome, () => this.#ask(), 'main');
    const fields = h('div.fields', [this.of, this.operation, ...this.fields, this.asked]);
    this.filter.element.after(this.values);
    const content = formOf('Request', this.ask, fields, h('div.row', this.ask));
    content.classList.add('body');
    this.element = h('div.split.both', this.listCard('Recommendations', { content }), this.answer.element);
    this.of.input.addEventListener('change', () => this.attempt(() => this.#chosen()));
    this.operation.input.addEventListener('change', () => this.#fit());
    this.filter.input.addEventListener('change', () => this.attempt(() => this.#filterChosen()));
    this.#fit();
  }

  enter(_, parameters) {
    const read = () => this.#read();
    this.listen({ 'again reset': read, tenant: read });
    return this.#read(parameters.get('of') ?? '');
  }

  #read(wanted = '') {
    return this.attempt(async () => {
      const listed = async (kind) => {
        const { resources } = await control('GET', 'resources', { query: { kind, region: tenant.region, limit: 200 } });
        return resources.map(({ arn }) => [arn, short(arn)]);
      };
      const [sources, filters] = await Promise.all([listed('campaign,recommender'), listed('filter')]);
      if (wanted && !sources.some(([arn]) => arn === wanted)) sources.push([wanted, short(wanted)]);
      setOptions(this.of.input, sources.length > 0 ? sources : [['', 'There is none']]);
      setOptions(this.filter.input, [['', 'No filter'], ...filters]);
      if (wanted) this.of.value = wanted;
      await this.#chosen();
    });
  }

  /** Finds out the recipe and the dataset group of what was chosen, and with them the operation that fits. */
  async #chosen() {
    const { recipeArn = '', datasetGroupArn = '' } = await standing(this.of.value);
    this.group = datasetGroupArn;
    this.operation.value = /ranking/.test(recipeArn) ? ranking : /action/.test(recipeArn) ? actions : items;
    this.#fit();
  }

  #fit() {
    for (const { element, operations } of this.fields) element.hidden = !operations.includes(this.operation.value);
  }

  /** Asks for the values of the placeholders in the expression of the filter. */
  async #filterChosen() {
    const arn = this.filter.value;
    this.#filterValues.clear();
    fill(this.values);
    if (!arn) return;
    const { describe } = await resourceOf(arn);
    for (const [, name] of describe.filter.filterExpression.matchAll(/\$(\w+)/g)) {
      if (this.#filterValues.has(name)) continue;
      const field = new Field(`$${name}`, textInput({ placeholder: '"Drama","Crime"' }), {
        hint: 'Texts in double quotes',
      });
      this.#filterValues.set(name, field);
      this.values.append(field.element);
    }
  }

  get #input() {
    const of = this.of.value;
    const isGiven = ({ element, value }) => !element.hidden && value !== '';
    const values = [...this.#filterValues].filter(([, { value }]) => value).map(([name, { value }]) => [name, value]);
    return given({
      [arnParts(of).type === 'recommender' ? 'recommenderArn' : 'campaignArn']: of,
      ...Object.fromEntries(this.fields.filter(isGiven).map(({ name, value, read }) => [name, read(value)])),
      filterValues: values.length > 0 ? Object.fromEntries(values) : undefined,
    });
  }

  async #ask() {
    if (!this.of.value) throw new Error('There is no campaign and no recommender to ask.');
    const wrong = this.fields.find((field) => !field.element.hidden && !field.verify());
    if (wrong) return wrong.input.focus();
    const input = this.#input;
    const operation = this.operation.value;
    const asking = [service(operation, input), explain(operation, input, words(this.asked.value))];
    const [answer, explanation] = (await Promise.allSettled(asking)).map(
      ({ value, reason }) => value ?? { error: reason },
    );
    this.answer.show({ operation, input, answer, explanation, asked: words(this.asked.value), group: this.group });
    if (answer.error) throw answer.error;
    return undefined;
  }
}

/** Describe of a campaign's version, or of a recommender. Empty where a fixture names what is not there. */
async function standing(arn) {
  const read = async (of) => Object.values((await resourceOf(of)).describe)[0];
  try {
    const found = await read(arn);
    return found.solutionVersionArn ? await read(found.solutionVersionArn) : found;
  } catch {
    return {};
  }
}

/**
 * The explanation of the answer. It is asked twice: what would be answered without the filter is what the filter may
 * have taken out, so the second question names it.
 */
async function explain(operation, input, asked) {
  const idsName = operation === actions ? 'actionIds' : 'itemIds';
  const ask = (of, ids) =>
    control('POST', 'explain', { query: { region: tenant.region }, body: { operation, input: of, [idsName]: ids } });
  const { filterArn, filterValues, promotions, metadataColumns, numResults, ...bare } = input;
  const most = { [items]: { numResults: 500 }, [actions]: { numResults: 100 } }[operation];
  const all = await ask({ ...bare, ...most }, []).catch(() => ({ items: [] }));
  const ids = all.items.map(({ itemId, actionId }) => itemId ?? actionId);
  return ask(input, [...new Set([...asked, ...ids])]);
}

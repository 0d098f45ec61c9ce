// The form of a rule: its conditions, effects and limits, checked as they are typed, and what will be sent.
import {
  actionButton, button, checkCount, control, controlPath, copyButton, Field, fill, h, operations, Outcome, prettyJson,
  setText, showRefusal, suggestions, textInput,
} from './kit.js';
import { quoted } from './copies.js';
import { given, makeEffects, valueOf } from './rule_effects.js';
import { fresh } from './rule_draft.js';

const matchNames = [
  'operation',
  'account',
  'region',
  'jobName',
  'name',
  'campaignArn',
  'recommenderArn',
  'userId',
  'trackingId',
  '/jobInput/s3DataSource/path',
];

export class RuleForm {
  #conditions = [];

  constructor(changed) {
    this.changed = changed;
    this.outcome = new Outcome();
    this.id = new Field('Id', textInput({ placeholder: 'the server makes one' }), {
      pointer: '/id',
      check: (value) => (/^[A-Za-z0-9:._-]{0,100}$/.test(value) ? '' : 'letters, digits, and : . _ -'),
    });
    const limit = (name, label, placeholder, check) =>
      Object.assign(
        new Field(label, textInput({ inputmode: 'decimal', placeholder }), { pointer: `/${name}`, check }),
        { isNumber: true },
      );
    this.times = limit('times', 'Times', 'always', (text) => checkCount(text, 1));
    this.after = limit('after', 'After', '0 matches', (text) => checkCount(text));
    const isShare = (text) => (Number(text) >= 0 && Number(text) <= 1 ? '' : 'a number from 0 to 1');
    this.probability = limit('probability', 'Probability', '1', isShare);
    this.names = suggestions(matchNames);
    this.operations = suggestions(operations);
    this.matches = h('div.stack.tight');
    this.effects = makeEffects();
    this.problems = h('div.wrong', { role: 'status' });
    this.preview = h('pre.code', { tabIndex: 0, role: 'region', 'aria-label': 'The rule as JSON' });
    this.add = actionButton('Add rule', this.outcome, () => this.#send('add'), 'main');
    this.replace = actionButton('Replace rule', this.outcome, () => this.#send('replace'), 'main');
    this.element = this.#layout();
    this.element.addEventListener('input', () => this.#show());
    this.element.addEventListener('change', () => this.#show());
    this.begin(fresh);
  }

  #layout() {
    const group = (legend, ...children) => h('fieldset.stack.tight', h('legend', legend), children);
    return h(
      'form.stack',
      { onsubmit: (event) => event.preventDefault(), 'aria-label': 'Rule' },
      this.names,
      this.operations,
      group(
        'Requests that match',
        this.matches,
        h(
          'div',
          button('Add a condition', () => this.#condition('', '').name.input.focus(), 'quiet small'),
        ),
      ),
      group('What happens to them', this.effects),
      group('How often', h('div.fields.narrow', [this.times, this.after, this.probability, this.id])),
      this.problems,
      this.preview,
      this.outcome,
      h(
        'div.row',
        this.add,
        this.replace,
        button('Start over', () => this.begin(fresh)),
        copyButton('Copy as curl', () => this.#curl()),
      ),
    );
  }

  /** Fills the form with a rule. `known` says that it is in the list, so that it can be replaced. */
  begin(rule, known = null) {
    this.known = known;
    this.#conditions = [];
    fill(this.matches);
    for (const [name, value] of Object.entries(rule.match ?? {})) this.#condition(name, String(value));
    for (const effect of this.effects) effect.value = rule[effect.name];
    for (const field of ['id', 'times', 'after', 'probability']) this[field].value = rule[field] ?? '';
    this.replace.hidden = known === null;
    this.outcome.clear();
    this.#show();
  }

  #condition(name, value) {
    const nameField = new Field('Member', textInput({ list: this.names.id, value: name }), {
      check: (text) => (text === '' ? 'a name or a JSON pointer' : ''),
    });
    const valueField = new Field('Text; * stands for any', textInput({ value }), { pointer: `/match/${name}` });
    const condition = { name: nameField, value: valueField };
    const bind = () => {
      valueField.pointer = `/match/${nameField.value.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      if (nameField.value === 'operation') valueField.input.setAttribute('list', this.operations.id);
      else valueField.input.removeAttribute('list');
    };
    nameField.input.addEventListener('input', bind);
    bind();
    const remove = button(
      '×',
      () => {
        this.#conditions = this.#conditions.filter((each) => each !== condition);
        element.remove();
        this.#show();
      },
      { kind: 'quiet small', 'aria-label': 'Remove the condition' },
    );
    const element = h('div.condition', nameField, valueField, remove);
    this.#conditions.push(condition);
    this.matches.append(element);
    return condition;
  }

  get rule() {
    const match = this.#conditions
      .filter(({ name, value }) => name.value && value.value)
      .map(({ name, value }) => [name.value, value.value]);
    return given({
      id: valueOf(this.id),
      match: match.length > 0 ? Object.fromEntries(match) : undefined,
      ...Object.fromEntries(this.effects.map(({ name, value }) => [name, value])),
      times: valueOf(this.times),
      after: valueOf(this.after),
      probability: valueOf(this.probability),
    });
  }

  get #fields() {
    const effects = this.effects.filter(({ box }) => box.checked).flatMap(({ fields }) => fields);
    return [
      this.id,
      this.times,
      this.after,
      this.probability,
      ...this.#conditions.map(({ value }) => value),
      ...effects,
    ];
  }

  #show() {
    const { rule } = this;
    setText(this.preview, prettyJson(rule));
    fill(
      this.problems,
      problemsOf(rule).map((problem) => h('p', problem)),
    );
  }

  #curl() {
    return `curl -X POST ${quoted(location.origin + controlPath('rules'))} \\\n  -d ${quoted(JSON.stringify(this.rule))}`;
  }

  async #send(how) {
    const wrong = this.#fields.filter((field) => !field.verify());
    if (wrong.length > 0) return void wrong[0].input.focus();
    const { rule } = this;
    const problems = problemsOf(rule);
    if (problems.length > 0) throw new Error(problems[0]);
    try {
      if (how === 'add') await control('POST', 'rules', { body: rule });
      else await this.#replace(rule);
    } catch (error) {
      error.pointer = error.pointer?.replace(/^\/rules\/\d+/, '');
      return showRefusal(error, this.#fields, this.outcome);
    }
    this.changed();
    return how === 'add' ? 'The rule is there.' : 'The rule is replaced.';
  }

  /** Keeps the place and the counts of the rule, which a list that was read has. */
  async #replace(rule) {
    const { rules } = await control('GET', 'rules');
    const at = rules.findIndex(({ id }) => id === this.known);
    if (at < 0) throw new Error(`There is no rule ${this.known} any more.`);
    const { matched, fired } = rules[at];
    rules[at] = { id: this.known, ...rule, matched, fired };
    await control('PUT', 'rules', { body: { rules } });
  }
}

const exact = (operation) => /^[A-Za-z]+$/.test(operation ?? '');

/** What is wrong with a rule as a whole, in the order in which it is best mended. */
function problemsOf(rule) {
  const { match = {}, error, output, merge, candidates, lifecycle, delay, connection } = rule;
  const problems = [];
  const effects = [error, output, merge, candidates, lifecycle, delay, connection];
  if (effects.every((effect) => effect === undefined)) problems.push('Choose at least one effect.');
  if ((output || merge || candidates) && !exact(match.operation)) {
    problems.push('Output, merge and candidates are for one operation: give its exact name.');
  }
  if (candidates && !/^Get(Recommendations|PersonalizedRanking|ActionRecommendations)$/.test(match.operation ?? '')) {
    problems.push('Candidates are for the three Get operations of Personalize Runtime.');
  }
  const answers = [error && !error.afterCommit && 'error', output && 'output', candidates && 'candidates'].filter(
    Boolean,
  );
  if (answers.length > 1) problems.push(`${answers.join(' and ')} exclude each other.`);
  if (merge && (error || output)) problems.push(`Merge does not go with ${error ? 'error' : 'output'}.`);
  if (output && error?.afterCommit) problems.push('Output does not go with an error.');
  if (lifecycle && output) problems.push('Lifecycle does not go with output.');
  return problems;
}

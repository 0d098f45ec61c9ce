// The effects of a rule as groups of fields, each behind a check box. A group reads an effect, and writes it.
import {
  checkbox, checkCount, checkDuration, checkJson, choice, Field, h, prettyJson, suggestions, textArea, textInput,
} from './kit.js';

const errors = [
  ...['ThrottlingException', 'InternalServerException', 'ServiceUnavailableException', 'ResourceNotFoundException'],
  ...['ResourceInUseException', 'InvalidInputException', 'LimitExceededException', 'AccessDeniedException'],
];
const outcomes = ['ACTIVE', 'COMPLETED', 'CREATE FAILED', 'UPDATE FAILED', 'FAILED'];
const range = (text) => checkDuration(text, { isRange: true });

export const given = (members) =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));

/** The value of a field: a text, or a number where it is one; undefined if the field is empty. */
export const valueOf = ({ value, isNumber }) => (value === '' ? undefined : isNumber ? Number(value) : value);

/** A field of an effect. `rest` are the options of Field, `isNumber`, and how it begins. */
function member(name, label, input, { isNumber = false, ...rest } = {}) {
  return Object.assign(new Field(label, input, { pointer: `/${name}`, ...rest }), {
    name: name.split('/').at(-1),
    isNumber,
  });
}

const number = (name, label, check, placeholder = '') =>
  member(name, label, textInput({ inputmode: 'numeric', placeholder }), { check, isNumber: true });

class Effect {
  constructor(name, label, fields) {
    Object.assign(this, { name, fields });
    const box = checkbox(label, { onchange: () => this.#show() });
    this.box = box.input;
    this.inner = h('div.fields', fields);
    this.element = h('div.effect', box.element, this.inner);
    this.#show();
  }

  #show() {
    this.inner.hidden = !this.box.checked;
  }

  get value() {
    return this.box.checked ? this.read() : undefined;
  }

  set value(effect) {
    this.box.checked = effect !== undefined;
    if (effect !== undefined) this.write(effect);
    this.#show();
  }
}

class Members extends Effect {
  read() {
    return given(Object.fromEntries(this.fields.map((field) => [field.name, valueOf(field)])));
  }

  write(effect) {
    for (const field of this.fields) field.value = effect[field.name] ?? '';
  }
}

class Single extends Effect {
  read() {
    const { value, isJson } = this.fields[0];
    if (!isJson) return value;
    return this.fields[0].check(value) ? undefined : JSON.parse(value);
  }

  write(effect) {
    const [field] = this.fields;
    field.value = field.isJson ? prettyJson(effect) : effect;
  }
}

function json(name, label, hint, type = 'object') {
  const input = textArea({ rows: 6, value: type === 'array' ? '[]' : '{}' });
  const field = member(name, label, input, { hint, wide: true, check: (text) => checkJson(text, type, true) });
  return new Single(name, label, [Object.assign(field, { isJson: true })]);
}

class ErrorEffect extends Members {
  constructor() {
    const types = suggestions(errors);
    const isName = (text) => (/^[A-Za-z0-9._#-]{1,200}$/.test(text) ? '' : 'the name of an exception');
    const isStatus = (text) => (text === '' || /^[345]\d\d$/.test(text) ? '' : '300 to 599');
    super('error', 'Fail with an error', [
      member('error/type', 'Type', textInput({ list: types.id, value: errors[0] }), { check: isName }),
      member('error/message', 'Message', textInput({ value: 'Rate exceeded' })),
      number('error/status', 'HTTP status', isStatus, 'as the service has'),
    ]);
    this.after = checkbox('Do what was asked first: the answer gets lost');
    this.inner.append(types, this.after.element);
  }

  read() {
    return given({ ...super.read(), afterCommit: this.after.input.checked || undefined });
  }

  write(error) {
    super.write(error);
    this.after.input.checked = error.afterCommit === true;
  }
}

function lifecycle() {
  const at = (name) => `lifecycle/${name}`;
  const select = (name, label, options) => member(at(name), label, choice([['', 'as set'], ...options]));
  const duration = (name, label) => member(at(name), label, textInput({ placeholder: '20m..40m' }), { check: range });
  const outcome = select('outcome', 'Outcome', outcomes);
  const isFitting = (text) =>
    text === '' || outcome.value.endsWith('FAILED') ? '' : 'only for an outcome that is a failure';
  return new Members('lifecycle', 'Another lifecycle for what is created', [
    select('progression', 'Progression', ['time', 'immediate', 'calls', 'manual']),
    duration('pending', 'Pending for'),
    duration('inProgress', 'In progress for'),
    number(at('calls'), 'Describe calls a status', (text) => checkCount(text, 1)),
    outcome,
    member(at('failureReason'), 'Failure reason', textInput(), { check: isFitting }),
  ]);
}

export function makeEffects() {
  const delay = member('delay', 'How long, in real time', textInput({ value: '2s' }), {
    hint: '2s, or a range: 1s..3s',
    check: (text) => (text === '' ? 'a duration' : range(text)),
  });
  return [
    new ErrorEffect(),
    new Single('delay', 'Delay the answer', [delay]),
    new Single('connection', 'Break the connection', [
      member('connection', 'How', choice(['reset', 'close', 'truncate'])),
    ]),
    lifecycle(),
    json('output', 'Answer this instead', 'An output of the operation. It is checked when the rule is added.'),
    json('merge', 'Change the answer', 'A JSON merge patch. null takes a member away.'),
    json('candidates', 'What a model would have said', 'Best first: ["a", {"itemId": "b", "score": 0.4}]', 'array'),
  ];
}

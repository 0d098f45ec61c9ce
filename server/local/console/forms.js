// Fields with a label, a hint and a place for what is wrong with them; and what an action has come to.
import { button, h, newId, setText } from './dom.js';

/**
 * A field. `check(text)` returns what is wrong, or nothing; it runs as the user types. `pointer` is the place in the
 * body that the field fills, so that a refusal of the server is shown here.
 */
export class Field {
  constructor(label, input, { hint = '', check = () => '', pointer = null, wide = false } = {}) {
    const id = (input.id ||= newId('field'));
    this.input = input;
    this.pointer = pointer;
    this.check = check;
    this.wrong = h('p', { class: 'wrong', id: `${id}-wrong` });
    const described = hint ? `${id}-hint ${id}-wrong` : `${id}-wrong`;
    input.setAttribute('aria-describedby', described);
    this.element = h(
      'div',
      { class: wide ? 'field wide' : 'field' },
      h('label', { for: id }, label),
      input,
      hint && h('p', { class: 'hint', id: `${id}-hint` }, hint),
      this.wrong,
    );
    input.addEventListener('input', () => this.verify());
  }

  get value() {
    return this.input.value.trim();
  }

  set value(text) {
    this.input.value = text;
    this.show('');
  }

  verify() {
    const wrong = this.check(this.value) || '';
    this.show(wrong);
    return wrong === '';
  }

  show(wrong) {
    setText(this.wrong, wrong);
    if (wrong) this.input.setAttribute('aria-invalid', 'true');
    else this.input.removeAttribute('aria-invalid');
  }
}

export const textInput = (attributes = {}) =>
  h('input', { type: 'text', autocomplete: 'off', spellcheck: 'false', ...attributes });

export const textArea = (attributes = {}) => h('textarea', { rows: 4, spellcheck: 'false', ...attributes });

/** A select. An option is a text, or `[value, label]`. */
export function choice(options, attributes = {}) {
  const select = h('select', attributes);
  setOptions(select, options);
  return select;
}

/** Replaces the options of a select, and keeps what is chosen where it is still there. */
export function setOptions(select, options) {
  const kept = select.value;
  select.replaceChildren();
  for (const option of options) {
    const [value, label] = Array.isArray(option) ? option : [option, option];
    select.append(h('option', { value }, label));
  }
  if (options.some((option) => (Array.isArray(option) ? option[0] : option) === kept)) select.value = kept;
}

export function suggestions(texts) {
  const list = h('datalist', { id: newId('list') });
  for (const text of texts) list.append(h('option', { value: text }));
  return list;
}

export function checkbox(label, attributes = {}) {
  const input = h('input', { type: 'checkbox', ...attributes });
  return { input, element: h('label.check', input, label) };
}

/** What an action has come to: done, or refused in the words of the server. */
export class Outcome {
  constructor() {
    this.done = h('p.said', { role: 'status' });
    this.wrong = h('p.wrong', { role: 'alert' });
    this.element = h('div.outcome', this.done, this.wrong);
  }

  clear() {
    setText(this.done, '');
    setText(this.wrong, '');
  }

  say(text) {
    setText(this.wrong, '');
    setText(this.done, text);
  }

  fail(error) {
    setText(this.done, '');
    setText(this.wrong, wordsOfError(error));
  }
}

export function wordsOfError({ message, refusal, pointer, row, column, why }) {
  const where = row ? ` (row ${row}${column ? `, ${column}` : ''})` : pointer ? ` (${pointer})` : '';
  return `${refusal ? `${refusal}: ` : ''}${message}${where}${why ? `: ${why}` : ''}`;
}

/**
 * Shows a refusal at the field whose pointer is the longest that the error's begins with, and returns that field; at
 * the outcome where there is none.
 */
export function showRefusal(error, fields, outcome) {
  const fitting = fields.filter(
    ({ pointer }) => pointer && (error.pointer === pointer || error.pointer?.startsWith(`${pointer}/`)),
  );
  const field = fitting.sort((a, b) => b.pointer.length - a.pointer.length)[0];
  if (!field) return outcome.fail(error);
  field.show(wordsOfError(error));
  field.input.focus();
  outcome.clear();
}

/**
 * A button that does something on the server: while it runs it cannot be pressed again, and what comes of it is shown
 * in `outcome`. `action` may return what to say.
 */
export function actionButton(label, outcome, action, more = {}) {
  const { fields = [], ...attributes } = typeof more === 'string' ? { kind: more } : more;
  const element = button(label, () => run(), attributes);
  const run = async () => {
    if (element.getAttribute('aria-busy')) return;
    element.setAttribute('aria-busy', 'true');
    outcome.clear();
    try {
      const said = await action();
      if (typeof said === 'string') outcome.say(said);
    } catch (error) {
      showRefusal(error, fields, outcome);
    } finally {
      element.removeAttribute('aria-busy');
    }
  };
  element.run = run;
  return element;
}

/** A form in which Enter does what an action button does. */
export function formOf(label, action, ...content) {
  const onsubmit = (event) => {
    event.preventDefault();
    action.run();
  };
  return h('form.stack', { 'aria-label': label, onsubmit }, content, h('input', { type: 'submit', hidden: true }));
}

/** What is wrong with a duration, or nothing. `isRange` allows `20m..40m`. */
export function checkDuration(text, { isRange = false, isNeeded = false } = {}) {
  if (text === '') return isNeeded ? 'a duration such as 250ms, 2s or 1h30m' : '';
  const one = /^(\d+(ms|s|m|h|d))+$/;
  const parts = isRange ? text.split('..') : [text];
  if (parts.length <= 2 && parts.every((part) => one.test(part))) return '';
  return `a duration such as 250ms, 2s or 1h30m${isRange ? ', or a range: 20m..40m' : ''}`;
}

export const checkCount = (text, least = 0) =>
  text === '' || (/^\d+$/.test(text) && Number(text) >= least) ? '' : `a whole number from ${least}`;

export function checkJson(text, type = 'object', isNeeded = false) {
  if (text === '') return isNeeded ? `JSON: ${type === 'array' ? 'a list' : 'an object'}` : '';
  let value;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return `not JSON: ${error.message}`;
  }
  const isList = Array.isArray(value);
  if (type === 'array') return isList ? '' : 'a list: [...]';
  if (type === 'object') return value && typeof value === 'object' && !isList ? '' : 'an object: {...}';
  return '';
}

export function confirmed(question, label) {
  const dialog = h('dialog', { 'aria-label': question });
  const close = (value) => () => dialog.close(value);
  const no = button('Cancel', close(''));
  dialog.append(h('div.stack', h('p.wrap', question), h('div.row.end', no, button(label, close('yes'), 'danger'))));
  document.body.append(dialog);
  dialog.showModal();
  no.focus();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    });
  });
}

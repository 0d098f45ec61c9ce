// Elements made from values. Text is always set as text, so nothing that a server answers becomes markup.

/**
 * An element: `h('p.wide', { id: 'a' }, 'text')`. Attributes may be left out; those that are null, undefined or false
 * are not set. Children may be nested lists, and what has an `element`; null, undefined and false are left out.
 */
export function h(what, ...rest) {
  const [tag, ...classes] = what.split('.');
  const element = document.createElement(tag);
  if (classes.length > 0) element.className = classes.join(' ');
  const hasAttributes = rest[0]?.constructor === Object;
  for (const [name, value] of Object.entries(hasAttributes ? rest.shift() : {})) set(element, name, value);
  append(element, rest);
  return element;
}

const properties = new Set(['value', 'checked', 'selected', 'disabled', 'hidden', 'open', 'tabIndex', 'indeterminate']);

function set(element, name, value) {
  if (value === null || value === undefined) return;
  if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
  else if (name === 'dataset') Object.assign(element.dataset, value);
  else if (properties.has(name)) element[name] = value;
  else if (value !== false) element.setAttribute(name, value === true ? '' : value);
}

function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child?.element) append(element, [child.element]);
    else if (child !== null && child !== undefined && child !== false) element.append(child);
  }
}

export function fill(element, ...children) {
  element.replaceChildren();
  append(element, children);
  return element;
}

/** Sets a text only if it has changed, so that a screen reader and the layout stay quiet. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

export function button(label, onclick, more = {}) {
  const { kind = '', ...attributes } = typeof more === 'string' ? { kind: more } : more;
  return h('button', { type: 'button', class: `button ${kind}`.trim(), onclick, ...attributes }, label);
}

let ids = 0;
export const newId = (prefix) => `${prefix}-${++ids}`;

export function announce(text) {
  const place = document.getElementById('announcements');
  if (place) place.textContent = text;
}

/** The function, called once after the last of many calls, `ms` later. */
export function settled(ms, call) {
  let timer;
  return (...args) => {
    clearTimeout(timer);
    timer = setTimeout(call, ms, ...args);
  };
}

/** The function, called at once, and then at most once each `ms` however often it is asked for. */
export function throttled(ms, call) {
  let timer;
  let isAsked = false;
  const run = () => {
    timer = undefined;
    if (!isAsked) return;
    isAsked = false;
    timer = setTimeout(run, ms);
    call();
  };
  return () => {
    isAsked = true;
    if (timer === undefined) run();
  };
}

export const prettyJson = (value) => JSON.stringify(value, null, 2);

export function jsonBlock(value, label) {
  const text = typeof value === 'string' ? value : prettyJson(value);
  return h('pre.code', { tabIndex: 0, role: 'region', 'aria-label': label }, text);
}

/** A button that copies a text, made when it is pressed, and says so in its own place. */
export function copyButton(label, makeText) {
  const copy = async () => {
    let said = 'copied';
    try {
      await write(await makeText());
    } catch (error) {
      said = error.message;
    }
    element.dataset.said = said;
    announce(`${label}: ${said}`);
    setTimeout(() => delete element.dataset.said, 1500);
  };
  const element = button(h('span', label), copy, 'quiet copy');
  return element;
}

/** Pages of plain HTTP that are not on localhost have no clipboard. There the old command still works. */
async function write(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = h('textarea.unseen', { value: text });
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  if (!done) throw new Error('the browser does not let this page copy');
}

/** Makes `elements` the children of `parent`, and moves none that is in its place, so that focus and scrolling stay. */
export function arrange(parent, elements) {
  const wanted = new Set(elements);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  let at = parent.firstChild;
  for (const element of elements) {
    if (element === at) at = at.nextSibling;
    else parent.insertBefore(element, at);
  }
}

export function facts(all) {
  const given = Object.entries(all).filter(([, value]) => value);
  return h(
    'dl.facts',
    given.map(([name, value]) => [h('dt', name), h('dd', value)]),
  );
}

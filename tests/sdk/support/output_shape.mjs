// Checks the text of an answer against the tables of the model, and returns each fault with its JSON pointer. Pure.
import { readFileSync } from 'node:fs';

const tableNamed = (name) => JSON.parse(readFileSync(new URL(`../../../server/model/${name}.json`, import.meta.url), 'utf8'));

const model = tableNamed('personalize');
const tables = [model, tableNamed('personalize-events'), tableNamed('personalize-runtime')];
const tableOf = (operation) => tables.find(({ operations: rows }) => operation in rows);

/** Errors that every operation may return, though no model declares them. */
const commonErrors = new Set([
  'AccessDeniedException',
  'ExpiredTokenException',
  'IncompleteSignatureException',
  'InternalFailure',
  'InvalidSignatureException',
  'MissingAuthenticationTokenException',
  'SerializationException',
  'ServiceUnavailable',
  'ThrottlingException',
  'UnknownOperationException',
  'UnrecognizedClientException',
  'ValidationException',
]);

/** Those of them that may have no message. */
const mayBeSilent = new Set([
  'InternalFailure',
  'SerializationException',
  'ServiceUnavailable',
  'UnknownOperationException',
]);

// The service generates the name of a solution version: it contains a slash and may be longer than other names.
const isUnbounded = (name) => name === 'Name';

/** The names of all operations of the control plane. */
export const operations = Object.keys(model.operations);

/** The operations of the other two services: the path of each, by name. */
export const otherPaths = Object.fromEntries(
  tables.slice(1).flatMap(({ operations: rows }) => Object.entries(rows).map(([name, [, , , path]]) => [name, path])),
);

/** The name of the output shape of an operation, or undefined if its answer is empty. */
export const outputOf = (operation) => tableOf(operation).operations[operation][1] ?? undefined;

/** The names of the errors that the model declares for an operation. */
export const errorsOf = (operation) => tableOf(operation).operations[operation][2];

/**
 * A shape by its name: its `type`; a structure's `members`, each `[name, shape's name, is required]`; the `key` of a
 * map, the `element` of a map or a list; and its `traits`.
 */
export function shapeNamed(name, table = model) {
  const row = table.shapes[name];
  const members = Array.isArray(row) ? row[0] === 'structure' && row[1] : row;
  if (members) return { type: 'structure', members: Object.entries(members).map(memberOf), traits: {} };
  const [type, ...more] = row;
  const key = type === 'map' ? more.shift() : undefined;
  const element = type === 'map' || type === 'list' ? more.shift() : undefined;
  return { type, key, element, traits: more[0] ?? {} };
}

function memberOf([key, target]) {
  const isRequired = key.endsWith('!');
  const name = isRequired ? key.slice(0, -1) : key;
  // The model types the role of two kinds of job as an ARN of Personalize, which a role never is.
  return [name, name === 'roleArn' ? 'RoleArn' : target, isRequired];
}

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

const isOfType = {
  structure: isObject,
  map: isObject,
  list: Array.isArray,
  string: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  integer: Number.isInteger,
  double: (value) => typeof value === 'number',
  float: (value) => typeof value === 'number',
  timestamp: (value) => typeof value === 'number',
};

/** The size of a value that the bounds of its shape limit. */
const sizeOf = {
  map: (value) => Object.keys(value).length,
  list: (value) => value.length,
  string: (value) => [...value].length,
  integer: (value) => value,
  double: (value) => value,
  float: (value) => value,
};

function brokenTrait({ type, traits }, value) {
  const size = sizeOf[type]?.(value);
  if (size < traits.min) return `is below ${traits.min}`;
  if (size > traits.max) return `is above ${traits.max}`;
  if (traits.enum && !traits.enum.includes(value)) return `is none of ${traits.enum}`;
  if (traits.pattern && !new RegExp(`^(?:${traits.pattern})$`, 'u').test(value)) return `is not like ${traits.pattern}`;
  return undefined;
}

const below = (pointer, key) => `${pointer}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;

function* faultsIn(table, name, value, pointer) {
  const shape = shapeNamed(name, table);
  if (!isOfType[shape.type](value)) {
    yield `${pointer} is ${JSON.stringify(value)}, which is no ${shape.type}`;
    return;
  }
  const broken = isUnbounded(name) ? undefined : brokenTrait(shape, value);
  if (broken) yield `${pointer} ${broken}: ${JSON.stringify(value)}`;
  if (shape.type === 'structure') yield* faultsInMembers(table, shape.members, value, pointer);
  if (!shape.element) return;
  for (const [key, element] of Object.entries(value)) {
    if (shape.key) yield* faultsIn(table, shape.key, key, below(pointer, key));
    yield* faultsIn(table, shape.element, element, below(pointer, key));
  }
}

function* faultsInMembers(table, members, value, pointer) {
  for (const [name, target, isRequired] of members) {
    if (name in value) yield* faultsIn(table, target, value[name], below(pointer, name));
    else if (isRequired) yield `${below(pointer, name)} is missing`;
  }
  const known = new Set(members.map(([name]) => name));
  for (const name of Object.keys(value)) if (!known.has(name)) yield `${below(pointer, name)} is unknown`;
}

/** A fault for each member that occurs more than once in the text; a parser keeps only the last one. */
function* duplicateMembers(text, value) {
  const strings = [...text.matchAll(/("[^"\\]*(?:\\.[^"\\]*)*")\s*(:?)/g)].filter(([, , colon]) => colon);
  const left = strings.map(([, name]) => JSON.parse(name));
  for (const name of namesIn(value)) left.splice(left.indexOf(name), 1);
  for (const name of left) yield `the member "${name}" appears twice`;
}

function namesIn(value) {
  if (typeof value !== 'object' || value === null) return [];
  const names = Array.isArray(value) ? [] : Object.keys(value);
  return [...names, ...Object.values(value).flatMap(namesIn)];
}

/** The value of a JSON text, and the faults of the text itself. */
function read(text) {
  try {
    const value = JSON.parse(text);
    return { value, faults: [...duplicateMembers(text, value)] };
  } catch (error) {
    return { faults: [`the body is no JSON (${error.message}): ${text}`] };
  }
}

/** The faults of a successful answer. */
export function faultsOfOutput(operation, text) {
  const output = outputOf(operation);
  if (output === undefined) return text === '' ? [] : [`the body is not empty: ${text}`];
  const { value, faults } = read(text);
  return value === undefined ? faults : [...faults, ...faultsIn(tableOf(operation), output, value, '')];
}

/** The faults of a refusal. `isRuled`: a rule of the test has chosen error name and status, which are not checked. */
export function faultsOfRefusal(operation, status, text, { isRuled = false } = {}) {
  const { value, faults } = read(text);
  if (value === undefined) return faults;
  if (!isObject(value)) return [...faults, ` is ${text}, which is no structure`];
  const { __type: type, message, ...others } = value;
  const find = (isFaulty, fault) => isFaulty && faults.push(fault);
  find(typeof type !== 'string', '/__type is no string');
  find(message !== undefined && typeof message !== 'string', '/message is no string');
  Object.keys(others).forEach((name) => faults.push(`${below('', name)} is unknown`));
  if (isRuled || typeof type !== 'string') return faults;
  const isDeclared = model.operations[operation][2].includes(type);
  find(!isDeclared && !commonErrors.has(type), `/__type is ${type}, which ${operation} never answers`);
  find(isDeclared && status !== model.errors[type], `the status of ${type} is ${status}`);
  find(!message && !mayBeSilent.has(type), '/message is missing');
  return faults;
}

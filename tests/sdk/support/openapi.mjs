// The description of the control API, and checks of requests and answers against it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import addFormats from 'ajv-formats';
import Ajv2020 from 'ajv/dist/2020.js';

const file = new URL('../../../server/local/control/openapi.json', import.meta.url);
export const document = JSON.parse(readFileSync(file, 'utf8'));

const ajv = addFormats(new Ajv2020({ strict: true, strictRequired: false, allowUnionTypes: true }));
ajv.addKeyword('components'); // added beside each schema, so that references resolve

const checks = new Map();

function checkOf(schema) {
  if (!checks.has(schema)) checks.set(schema, ajv.compile({ ...schema, components: document.components }));
  return checks.get(schema);
}

/** The faults of a value as text; empty if there are none. */
export function faultsOf(schema, value) {
  const check = checkOf(schema);
  return check(value) ? '' : ajv.errorsText(check.errors, { dataVar: 'it' });
}

export function assertFits(schema, value, what) {
  assert.equal(faultsOf(schema, value), '', `${what}: ${JSON.stringify(value)}`);
}

/** The target of a reference, or the value itself if it is no reference. */
function resolved(thing) {
  if (!thing?.$ref) return thing;
  const names = thing.$ref.split('/').slice(1);
  return names.reduce((inside, name) => inside[name.replaceAll('~1', '/').replaceAll('~0', '~')], document);
}

export const responseNamed = (name) => document.components.responses[name];

const verbs = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

function operationOf(path, item, verb) {
  const parameters = [...(item.parameters ?? []), ...(item[verb].parameters ?? [])].map(resolved);
  const responses = Object.entries(item[verb].responses).map(([status, each]) => [Number(status), resolved(each)]);
  return {
    id: item[verb].operationId,
    name: `${verb.toUpperCase()} ${path}`,
    method: verb.toUpperCase(),
    path,
    parameters,
    responses: new Map(responses),
    body: resolved(item[verb].requestBody)?.content['application/json'].schema,
  };
}

/** Every described operation: `{id, name, method, path, parameters, responses by status, schema of its body}`. */
export const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  verbs.filter((verb) => item[verb]).map((verb) => operationOf(path, item, verb)),
);

function assertIsOfType(answer, described, what) {
  const [type, ...details] = described.split(/; */);
  const [toldType, ...toldDetails] = (answer.headers['content-type'] ?? '').split(/; */);
  assert.equal(toldType, type, what);
  for (const detail of details) assert.ok(toldDetails.includes(detail), `${what}: no ${detail} in its content-type`);
}

/** Asserts that the headers and the body of an answer fit the description of a response. */
export function assertIsAs(response, answer, what) {
  for (const [name, header] of Object.entries(response.headers ?? {})) {
    const value = answer.headers[name.toLowerCase()];
    if (header.required || value !== undefined) assertFits(header.schema, value, `${what}, header ${name}`);
  }
  const described = Object.entries(response.content);
  const toldType = (answer.headers['content-type'] ?? '').split(';')[0];
  const [type, { schema }] = described.find(([each]) => each === toldType) ?? described[0];
  assertIsOfType(answer, type, what);
  assertFits(schema, type === 'application/json' ? JSON.parse(answer.body) : answer.body, what);
}

/** The text of a parameter as a value of its schema's type. */
function valueOf(parameter, text) {
  const isPlain = ['integer', 'boolean'].includes(resolved(parameter.schema).type);
  if (!isPlain) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The faults of a call's parameters as text; empty if there are none. */
export function faultsOfQuery(operation, query) {
  const described = operation.parameters.filter((each) => each.in === 'query');
  const unknown = Object.keys(query).filter((name) => !described.some((each) => each.name === name));
  const faults = unknown.map((name) => `${name} is not described`);
  for (const parameter of described) {
    const text = query[parameter.name];
    if (text === undefined && parameter.required) faults.push(`${parameter.name} is missing`);
    if (text !== undefined) faults.push(faultsOf(parameter.schema, valueOf(parameter, text)));
  }
  return faults.filter((fault) => fault !== '').join(', ');
}

/** Every example in the document: `{schema, value, place}`. */
export function examples(thing = document, place = '#') {
  if (thing === null || typeof thing !== 'object') return [];
  const found = [];
  const add = (schema, value) => found.push({ schema, value, place });
  if (thing.schema && 'example' in thing) add(thing.schema, thing.example);
  if (thing.schema && thing.examples) Object.values(thing.examples).forEach(({ value }) => add(thing.schema, value));
  if (Array.isArray(thing.examples)) thing.examples.forEach((value) => add(thing, value));
  const isExample = (name) => name === 'example' || name === 'examples';
  const inside = Object.entries(thing).filter(([name]) => !isExample(name));
  return [...found, ...inside.flatMap(([name, value]) => examples(value, `${place}/${name}`))];
}

// Builds answers with every member at every depth from the model. Pure and deterministic.
import { outputOf, shapeNamed } from './output_shape.mjs';

const texts = {
  Arn: 'arn:aws:personalize:us-east-1:000000000000:campaign/films',
  ColumnName: 'TITLE',
  DatasetType: 'ITEMS',
  KmsKeyArn: 'arn:aws:kms:us-east-1:000000000000:key/0000aaaa-11bb-22cc-33dd-444444eeeeee',
  RoleArn: 'arn:aws:iam::000000000000:role/personalize',
  S3Location: 's3://films-bucket/users.json',
  SchedulingExpression: 'rate(7 days)',
};

const scalars = {
  string: (name, { traits }) => texts[name] ?? traits.enum?.[0] ?? 'films',
  boolean: () => false,
  integer: (_, { traits }) => traits.min ?? 1,
  double: () => 0.5,
  timestamp: () => 1620828853.579,
};

/**
 * Every value inside a full value of the shape, outermost first, beginning with the value itself:
 * `[pointer, value, type, isRequired]`.
 */
export function* placesOf(name, pointer = '', isRequired = false) {
  const shape = shapeNamed(name);
  const at = (key, target, required) => [...placesOf(target, `${pointer}/${key}`, required)];
  const key = { list: () => 0, map: () => valueOf(shape.key) }[shape.type]?.();
  const children = {
    structure: () => shape.members.map(([member, target, required]) => [member, at(member, target, required)]),
    list: () => [[key, at(key, shape.element, false)]],
    map: () => [[key, at(key, shape.element, false)]],
  }[shape.type]?.();
  const value = children ? collected(shape.type, children) : scalars[shape.type](name, shape);
  yield [pointer, value, shape.type, isRequired];
  for (const [, places] of children ?? []) yield* places;
}

function collected(type, children) {
  const entries = children.map(([key, [[, value]]]) => [key, value]);
  return type === 'list' ? entries.map(([, value]) => value) : Object.fromEntries(entries);
}

const valueOf = (name) => placesOf(name).next().value[1];

/** A full answer of the operation, or undefined if its answers are empty. */
export const fullOutputOf = (operation) => outputOf(operation) && valueOf(outputOf(operation));

/** Every value inside the full answer of the operation. */
export const placesIn = (operation) => [...placesOf(outputOf(operation))];

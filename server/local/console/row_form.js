// A form for one row of a dataset, made from its schema.
import { actionButton, control, Field, fill, formOf, h, Outcome, resourceOf, textInput } from './kit.js';

/** The columns of a dataset by its schema: `{name, type, isNeeded, isNumber, isCategorical}`. */
export async function columnsOf(dataset) {
  const describe = async (arn) => (await resourceOf(arn)).describe;
  const { schemaArn } = (await describe(dataset)).dataset;
  const { fields } = JSON.parse((await describe(schemaArn)).schema.schema);
  return fields.map(({ name, type, categorical }) => {
    const types = [type].flat();
    const main = types.find((each) => each !== 'null') ?? 'string';
    return {
      name,
      type: main,
      isNeeded: !types.includes('null'),
      isNumber: main !== 'string' && main !== 'boolean',
      isCategorical: categorical === true,
    };
  });
}

function checkCell(text, { type, isNeeded }) {
  if (text === '') return isNeeded ? 'is needed' : '';
  if (type === 'int' || type === 'long') return /^-?\d+$/.test(text) ? '' : 'a whole number';
  if (type === 'float' || type === 'double') return Number.isFinite(Number(text)) ? '' : 'a number';
  if (type === 'boolean') return /^(true|false)$/.test(text) ? '' : 'true or false';
  return '';
}

const valueOf = (text, { isNumber, type }) => (isNumber ? Number(text) : type === 'boolean' ? text === 'true' : text);

export class RowForm {
  constructor(added) {
    this.outcome = new Outcome();
    this.place = h('div.fields.narrow');
    this.add = actionButton('Add row', this.outcome, () => this.#add(added), 'main');
    this.element = formOf('Row', this.add, this.place, h('div.row', this.add, this.outcome));
  }

  begin(dataset, columns) {
    this.dataset = dataset;
    this.fields = columns.map((column) => ({ column, field: fieldOf(column) }));
    this.add.disabled = columns.length === 0;
    this.outcome.clear();
    fill(
      this.place,
      columns.length > 0
        ? this.fields.map(({ field }) => field)
        : h('p.muted', 'The schema of this dataset is not known.'),
    );
  }

  async #add(added) {
    const wrong = this.fields.filter(({ field }) => !field.verify());
    if (wrong.length > 0) return wrong[0].field.input.focus();
    const filled = this.fields.filter(({ field }) => field.value !== '');
    const row = Object.fromEntries(filled.map(({ column, field }) => [column.name, valueOf(field.value, column)]));
    try {
      const { revision } = await control('POST', 'data', {
        query: { dataset: this.dataset },
        body: { rows: [row] },
        account: '',
      });
      added();
      return `The row is there, at revision ${revision}.`;
    } catch (error) {
      const at = this.fields.find(({ column }) => column.name === error.column);
      if (!at) throw error;
      at.field.show(error.message);
      return at.field.input.focus();
    }
  }
}

function fieldOf(column) {
  const { name, type, isNeeded, isCategorical, isNumber } = column;
  const hint = [isNeeded ? type : `${type}, may be empty`, isCategorical && 'several joined by |']
    .filter(Boolean)
    .join('; ');
  return new Field(name, textInput({ inputmode: isNumber ? 'decimal' : null }), {
    hint,
    check: (text) => checkCell(text, column),
  });
}

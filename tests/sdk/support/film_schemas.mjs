// The Avro schemas of a film club's data, as texts for CreateSchema.
const record = (name, fields) =>
  JSON.stringify({
    type: 'record',
    name,
    namespace: 'com.amazonaws.personalize.schema',
    fields: Object.entries(fields).map(([field, type]) => ({ name: field, ...(type.type ? type : { type }) })),
    version: '1.0',
  });

const category = { type: ['null', 'string'], categorical: true };
const events = { USER_ID: 'string', ITEM_ID: 'string', EVENT_TYPE: 'string', TIMESTAMP: 'long' };
const films = { ITEM_ID: 'string', GENRES: category, PRICE: ['null', 'float'], CREATION_TIMESTAMP: 'long' };

export const interactions = record('Interactions', { ...events, EVENT_VALUE: ['null', 'float'] });
export const items = record('Items', films);
export const itemsWithStudios = record('Items', { ...films, STUDIO: category });
export const users = record('Users', { USER_ID: 'string', AGE: 'int', COUNTRY: category });
export const sales = record('Interactions', events);
export const actions = record('Actions', { ACTION_ID: 'string', CATEGORY: category, VALUE: ['null', 'long'] });
export const actionInteractions = record('ActionInteractions', {
  USER_ID: 'string',
  ACTION_ID: 'string',
  EVENT_TYPE: 'string',
  TIMESTAMP: 'long',
});

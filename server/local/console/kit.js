// What panes are made of, from one place.
export * from './api.js';
export * from './chip.js';
export * from './clock.js';
export * from './dom.js';
export * from './forms.js';
export * from './kinds.js';
export * from './list.js';
export * from './pane.js';
export * from './router.js';
export * from './stream.js';
export * from './tenant.js';

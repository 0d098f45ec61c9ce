// A stand-in for Jest and Vitest: their global functions, implemented by node:test.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

const expect = (actual) => ({
  toBe: (expected) => assert.equal(actual, expected),
  toEqual: (expected) => assert.deepEqual(actual, expected),
});

Object.assign(globalThis, { afterAll: after, beforeAll: before, expect, test });

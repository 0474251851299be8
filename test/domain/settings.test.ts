import assert from 'node:assert/strict';
import {
  anyText,
  firstSet,
  group,
  list,
  mapped,
  optional,
  readIfSet,
  required,
  shaped,
  type Setting,
} from '../../src/domain/settings.ts';
import { settingsRead } from '../support/settings.ts';

const digits = shaped(/^\d+$/);
const number = mapped(required('NUMBER', 'a number', digits), Number);

const read = <T>(setting: Setting<T>, variables: Record<string, string>) =>
  settingsRead(variables, (settings) => setting.read(settings));

describe('a setting', () => {
  it('is its text, trimmed, as what it stands for', () => {
    assert.equal(read(required('NAME', 'a name', anyText), { NAME: ' Ada ' }).value, 'Ada');
    assert.equal(read(number, { NUMBER: '7' }).value, 7);
  });

  it('is complained of where it is missing, empty or malformed', () => {
    assert.equal(read(number, {}).message, 'NUMBER is missing: it should be a number');
    assert.equal(read(number, { NUMBER: ' ' }).message, 'NUMBER is missing: it should be a number');
    assert.equal(read(number, { NUMBER: 'x' }).message, 'NUMBER is not valid: it should be a number');
  });

  it('may be optional: then it is null where it is missing, and malformed all the same', () => {
    const maybe = optional('NUMBER', 'a number', digits);
    assert.equal(read(maybe, {}).value, null);
    assert.equal(read(maybe, { NUMBER: '7' }).value, '7');
    assert.deepEqual(read(maybe, { NUMBER: 'x' }).wrong, ['NUMBER']);
  });

  it('may be a list, with spaces or commas between, each of which must be as it should be', () => {
    const numbers = list('NUMBERS', 'numbers', digits);
    assert.deepEqual(read(numbers, {}).value, []);
    assert.deepEqual(read(numbers, { NUMBERS: ' 1, 2  3,4,' }).value, ['1', '2', '3', '4']);
    assert.equal(read(numbers, { NUMBERS: '1 x y' }).message, 'NUMBERS is not valid: it should be numbers');
  });
});

describe('settings that belong together', () => {
  const [least, most] = [optional('LEAST', 'a number', digits), required('MOST', 'a number', digits)];
  const range = group({ least, most }, ({ least, most }, settings) => {
    if (Number(least) > Number(most)) settings.complain('LEAST', 'less than MOST');
  });

  it('are read as one, and know their variables', () => {
    assert.deepEqual(read(range, { LEAST: '1', MOST: '2' }).value, { least: '1', most: '2' });
    assert.deepEqual(mapped(range, Object.keys).names, ['LEAST', 'MOST']);
  });

  it('are checked against one another', () => {
    assert.equal(read(range, { LEAST: '3', MOST: '2' }).message, 'LEAST is not valid: it should be less than MOST');
  });

  it('are nothing where none is set, and missing where only some are', () => {
    const optionally = (variables: Record<string, string>) =>
      settingsRead(variables, (settings) => [firstSet(range, settings), readIfSet(range, settings)]);
    assert.deepEqual(optionally({ MOST: '' }).value, [undefined, null]);
    assert.deepEqual(optionally({ MOST: '2' }).value, ['MOST', { least: null, most: '2' }]);
    assert.deepEqual(optionally({ LEAST: '1' }).wrong, ['MOST']);
  });

  it('are complained of all at once, each once', () => {
    const twice = group({ range, again: range, number });
    assert.deepEqual(read(twice, { LEAST: 'x' }).wrong, ['LEAST', 'MOST', 'NUMBER']);
  });
});

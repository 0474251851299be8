import { SupportError } from './errors.ts';

/** The variables that an operator set, by name. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** Reads one variable after the other, and collects what is wrong with them. */
export interface SettingsReader {
  /** Trimmed; empty: not set. */
  text(name: string): string;
  /** Whether there is more than spaces in it. */
  isSet(name: string): boolean;
  /** Notes that a setting is missing or malformed, and what it should be; of each one only the first is noted. */
  complain(name: string, shouldBe: string): void;
}

/**
 * Reads settings with `read`; `aliases`: under which other name one may be set. Throws `config-invalid` with one line for
 * every setting that is missing or malformed, by the name under which it is set.
 */
export function readSettings<T>(
  variables: Variables,
  read: (settings: SettingsReader) => T,
  aliases: Readonly<Record<string, string>> = {},
): T {
  const complaints = new Map<string, string>();
  const trimmed = (name = '') => variables[name]?.trim() ?? '';
  const givenName = (name: string) =>
    (trimmed(name) === '' && trimmed(aliases[name]) !== '' ? aliases[name] : name) ?? name;
  const text = (name: string) => trimmed(givenName(name));
  const isSet = (name: string) => text(name) !== '';
  const result = read({
    text,
    isSet,
    complain(name, shouldBe) {
      const line = `${givenName(name)} ${isSet(name) ? 'is not valid' : 'is missing'}: it should be ${shouldBe}`;
      if (!complaints.has(name)) complaints.set(name, line);
    },
  });
  if (complaints.size > 0) throw new SupportError('config-invalid', { detail: [...complaints.values()].join('\n') });
  return result;
}

/** What a text stands for; null: it is not as it should be. */
export type Parse<T> = (text: string) => T | null;

/** Any text. */
export const anyText: Parse<string> = (text) => text;

/** A text of this shape. */
export function shaped(shape: RegExp): Parse<string> {
  return (text) => (shape.test(text) ? text : null);
}

/** One setting, read from one variable or more. */
export interface Setting<T> {
  readonly names: readonly string[];
  /** Undefined: it is not as it should be, which was noted. */
  read(settings: SettingsReader): T | undefined;
}

/** A setting that must be there. */
export function required<T>(name: string, shouldBe: string, parse: Parse<T>): Setting<T> {
  return {
    names: [name],
    read(settings) {
      const value = settings.isSet(name) ? parse(settings.text(name)) : null;
      if (value === null) settings.complain(name, shouldBe);
      return value ?? undefined;
    },
  };
}

/** A setting that may be missing, and is null then. */
export function optional<T>(name: string, shouldBe: string, parse: Parse<T>): Setting<T | null> {
  const whole = required(name, shouldBe, parse);
  return { names: whole.names, read: (settings) => (settings.isSet(name) ? whole.read(settings) : null) };
}

/** A setting of any number of values, with spaces or commas between them. */
export function list<T>(name: string, shouldBe: string, parse: Parse<T>): Setting<readonly T[]> {
  return {
    names: [name],
    read(settings) {
      const words = settings
        .text(name)
        .split(/[\s,]+/)
        .filter(Boolean);
      const values = words.map(parse).filter((value) => value !== null);
      if (values.length === words.length) return values;
      settings.complain(name, shouldBe);
      return undefined;
    },
  };
}

/** The value of a setting. */
export type SettingValue<S> = S extends Setting<infer T> ? T : never;
type Settings = Readonly<Record<string, Setting<unknown>>>;
type ValuesOf<S extends Settings> = { readonly [Key in keyof S]: SettingValue<S[Key]> };

/** Settings that belong together. `check` gets those that are as they should be, and may complain of how they go together. */
export function group<S extends Settings>(
  parts: S,
  check: (values: Partial<ValuesOf<S>>, settings: SettingsReader) => void = () => undefined,
): Setting<ValuesOf<S>> {
  return {
    names: Object.values(parts).flatMap(({ names }) => names),
    read(settings) {
      const values = Object.entries(parts).map(([key, part]) => [key, part.read(settings)] as const);
      const whole = Object.fromEntries(values) as ValuesOf<S>;
      check(whole, settings);
      return values.some(([, value]) => value === undefined) ? undefined : whole;
    },
  };
}

/** The same setting, as another value. */
export function mapped<T, U>(setting: Setting<T>, map: (value: T) => U): Setting<U> {
  return {
    names: setting.names,
    read(settings) {
      const value = setting.read(settings);
      return value === undefined ? undefined : map(value);
    },
  };
}

/** The first variable of a setting that is set; undefined: none is. */
export function firstSet({ names }: Setting<unknown>, settings: SettingsReader): string | undefined {
  return names.find((name) => settings.isSet(name));
}

/** The value of a setting of which something is set; null: nothing is, or it is not as it should be. */
export function readIfSet<T>(setting: Setting<T>, settings: SettingsReader): T | null {
  return firstSet(setting, settings) === undefined ? null : (setting.read(settings) ?? null);
}

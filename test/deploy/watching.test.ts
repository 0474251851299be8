import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { lexer } from 'marked';
import { parse } from 'yaml';
import { createEvents } from '../../src/domain/events.ts';
import { createMeters } from '../../src/metrics/meters.ts';
import { fakeClock } from '../support/fakes.ts';

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string; readonly runbook: string };
}
interface Panel {
  readonly title: string;
  readonly targets: readonly { readonly expr: string }[];
}
const read = (file: string) => readFileSync(file, 'utf8');
const rules = (parse(read('deploy/alerts.yaml')) as { groups: { rules: Rule[] }[] }).groups.flatMap(
  ({ rules }) => rules,
);
const { panels } = JSON.parse(read('deploy/grafana-dashboard.json')) as { panels: Panel[] };
const page = read('docs/operations.md');
const tokens = lexer(page);

/** Every name that can be asked for, and the kind of each metric. */
async function offered() {
  const [events, clock] = [createEvents(), fakeClock()];
  const sample = () => Promise.resolve({ at: clock.now(), ready: true, backlog: null });
  const text = await createMeters({ events, clock, sources: ['stripe'], sample, openSockets: () => 0 }).text();
  const kinds = new Map([...text.matchAll(/^# TYPE (\w+) (\w+)$/gm)].map(([, name = '', kind = '']) => [name, kind]));
  const names = [...kinds].flatMap(([name, kind]) =>
    kind === 'histogram' ? ['bucket', 'sum', 'count'].map((part) => `${name}_${part}`) : [name],
  );
  // Prometheus' own word for whether a target answered.
  return { kinds, names: new Set([...names, 'up']) };
}

const namesIn = (expr: string) => [...expr.matchAll(/\b(?:latchkey|nodejs|process)_\w+|\bup\b/g)].map(([name]) => name);

describe('what is watched', () => {
  it('is offered at /metrics: each alert and each panel asks for metrics that there are', async () => {
    const { names } = await offered();
    const asked = [
      ...rules.map(({ expr }) => expr),
      ...panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
    ];
    assert.ok(rules.length > 10 && panels.length > 20);
    for (const expr of asked) {
      assert.ok(namesIn(expr).length > 0, expr);
      for (const name of namesIn(expr)) assert.ok(names.has(name), `${name} in ${expr}`);
    }
  });

  it('is told in docs/operations.md: each metric of ours in the table, with its kind, and no other', async () => {
    const { kinds } = await offered();
    const ours = [...kinds].filter(([name]) => name.startsWith('latchkey_')).map(([name, kind]) => `${name} ${kind}`);
    const told = [...page.matchAll(/^\| `(latchkey_\w+)` \| (\w+) \|/gm)].map(([, name, kind]) => `${name} ${kind}`);
    assert.deepEqual(told.sort(), ours.sort());
  });

  it('is drawn: each metric of ours has its panel', async () => {
    const { kinds } = await offered();
    const drawn = panels.flatMap(({ targets }) => targets.flatMap(({ expr }) => namesIn(expr)));
    const missing = [...kinds.keys()]
      .filter((name) => name.startsWith('latchkey_'))
      .filter((name) => !drawn.some((one) => one === name || one.startsWith(`${name}_`)));
    assert.deepEqual(missing, []);
  });
});

describe('an alert', () => {
  for (const { alert, labels, annotations, ...rule } of rules)
    it(`${alert} says what is wrong and how bad that is, and has its steps`, () => {
      assert.match(rule.for, /^\d+[mh]$/);
      assert.ok(['page', 'ticket'].includes(labels.severity));
      assert.ok(annotations.summary.length > 10);
      assert.equal(annotations.runbook, `docs/operations.md#${alert.toLowerCase()}`);
      const at = tokens.findIndex((token) => token.type === 'heading' && token.raw.trim() === `### ${alert}`);
      assert.ok(at >= 0, 'there is no heading for it');
      const steps = tokens.slice(at + 1).find(({ type }) => type === 'list' || type === 'heading');
      assert.equal(steps?.type, 'list', 'there are no steps below its heading');
    });
});

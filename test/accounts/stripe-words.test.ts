import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { stripeWords, type StripeEnum } from '../../src/accounts/stripe/words.ts';
import { stripeVersion } from '../../src/accounts/stripe/ask.ts';

const published = join(import.meta.dirname, '../../node_modules/stripe/esm');

/** The words of a type that Stripe publishes, by the namespaces it stands in. */
function wordsOf(file: string, path: string): string[] {
  const source = ts.createSourceFile(
    file,
    readFileSync(join(published, 'resources', file), 'utf8'),
    ts.ScriptTarget.Latest,
  );
  const names = path.split('.');
  let inside: readonly ts.Node[] = source.statements;
  for (const name of names.slice(0, -1))
    inside = inside.flatMap((one) => {
      const isIt = ts.isModuleDeclaration(one) && one.name.text === name;
      return isIt && one.body && ts.isModuleBlock(one.body) ? [...one.body.statements] : [];
    });
  const alias = inside.find((one) => ts.isTypeAliasDeclaration(one) && one.name.text === names.at(-1));
  assert.ok(alias && ts.isTypeAliasDeclaration(alias), `Stripe has no type ${path} in ${file} any more`);
  const parts = ts.isUnionTypeNode(alias.type) ? alias.type.types : [alias.type];
  return parts.flatMap((one) =>
    ts.isLiteralTypeNode(one) && ts.isStringLiteral(one.literal) ? [one.literal.text] : [],
  );
}

/** Where Stripe's package has each enum that we read. */
const types: Readonly<Record<StripeEnum, readonly [file: string, path: string]>> = {
  status: ['Subscriptions.d.ts', 'Subscription.Status'],
  pause: ['Subscriptions.d.ts', 'Subscription.StatusDetails.Paused.Type'],
  pauseReason: ['Subscriptions.d.ts', 'Subscription.StatusDetails.Paused.Subscription.Type'],
  cancelReason: ['Subscriptions.d.ts', 'Subscription.CancellationDetails.Reason'],
  trialEnd: ['Subscriptions.d.ts', 'Subscription.TrialSettings.EndBehavior.MissingPaymentMethod'],
  interval: ['Prices.d.ts', 'Price.Recurring.Interval'],
};

describe('the words of Stripe’s that we read', () => {
  for (const [of, [file, path]] of Object.entries(types) as [StripeEnum, readonly [string, string]][])
    it(`are all that Stripe publishes, each with a meaning or none: ${path}`, () => {
      assert.deepEqual(Object.keys(stripeWords[of]).sort(), wordsOf(file, path).sort());
    });

  it('are those of a version that the pinned package knows', () => {
    const latest = /'([^']+)'/.exec(readFileSync(join(published, 'apiVersion.js'), 'utf8'))?.[1] ?? '';
    assert.ok(stripeVersion <= latest, `${stripeVersion} is later than ${latest}`);
  });

  it('are asked for in the version that docs/stripe.md tells', () => {
    const told = readFileSync(join(import.meta.dirname, '../../docs/stripe.md'), 'utf8');
    assert.ok(told.includes(`Stripe-Version: ${stripeVersion}`));
  });
});

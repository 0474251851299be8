import assert from 'node:assert/strict';
import { conversationIdOf } from '../../../src/channels/inbound.ts';
import { textOf } from '../../support/store.ts';
import { tenant } from './far-end.ts';
import { startSite, type Site } from './site.ts';
import { other, signed, tokenCases } from './token-cases.ts';

describe('the authentication of Teams', () => {
  let site: Site;
  beforeEach(async () => {
    site = await startSite();
  });
  afterEach(() => site.close());

  for (const { name, status, why, activity = {}, token = () => ({}), authorization } of tokenCases)
    it(`${why === null ? 'lets in' : 'refuses'} ${name}`, async () => {
      const place = `a:${name}`;
      const { conversation, ...rest } = activity;
      const over = {
        conversation: { conversationType: 'personal', tenantId: tenant, id: place, ...(conversation as object) },
        ...rest,
      };
      const bearer = authorization ? await authorization(site) : `Bearer ${await signed(site.microsoft, token(site))}`;
      const answer = await site.post(site.activity(conversation === null ? activity : over), bearer);
      await site.quiet();
      assert.equal(answer.status, status);
      assert.deepEqual(await site.refused(), why === null ? [] : [why]);
      assert.equal((await site.stored(place)).length > 0, why === null);
      if (why === null) return;
      assert.equal(await site.world.store.load(conversationIdOf('teams', `${tenant}|${place}`)), null);
      assert.deepEqual(Object.keys(answer.body), ['error']);
    });

  it('refuses bodies that are no JSON, too deep or too large, and counts them', async () => {
    const bearer = `Bearer ${await site.microsoft.token()}`;
    const statuses = [];
    for (const body of ['{', `${'['.repeat(40)}${']'.repeat(40)}`, JSON.stringify('a'.repeat(300_000)), ''])
      statuses.push((await site.post(body, bearer)).status);
    assert.deepEqual(statuses, [400, 400, 413, 400]);
    assert.deepEqual(await site.refused(), Array(4).fill('body-invalid'));
  });

  it('takes the same request again without another effect, and not after its token expired', async () => {
    const body = site.activity({ conversation: { conversationType: 'personal', tenantId: tenant, id: 'a:replay' } });
    const bearer = `Bearer ${await site.microsoft.token()}`;
    await site.post(body, bearer);
    await site.post(body, bearer);
    await site.quiet();
    const before = await site.stored('a:replay');
    assert.equal(before.filter((one) => one.type === 'message' && textOf(one) === 'hello').length, 1);
    site.world.clock.forward(3_700_000);
    const late = await site.post({ ...body, id: 'another' }, bearer);
    assert.equal(late.status, 401);
    assert.deepEqual(await site.refused(), ['token-expired']);
    assert.equal((await site.stored('a:replay')).length, before.length);
  });

  it('answers where Teams says that a known conversation has moved to, and never at another host', async () => {
    const { base } = site.microsoft;
    const say = async (id: string, serviceUrl: string) =>
      (
        await site.post(
          site.activity({
            id,
            serviceUrl,
            conversation: { conversationType: 'personal', tenantId: tenant, id: 'a:moved' },
          }),
          `Bearer ${await site.microsoft.token({ claims: { serviceurl: serviceUrl } })}`,
        )
      ).status;
    const services = [`${base}/emea/`, `${base}/amer/`, 'https://smba.evil.example/amer/'];
    const statuses = [];
    for (const [at, service] of services.entries()) {
      statuses.push(await say(`m${at}`, service));
      await site.quiet();
    }
    assert.deepEqual(statuses, [200, 200, 403]);
    const { to } = (await site.world.store.addresses.find(conversationIdOf('teams', `${tenant}|a:moved`))) ?? {};
    assert.equal(to?.service, services[1]);
    const answered = site.microsoft.asked
      .filter(({ body }) => body.type === 'message')
      .map(({ path }) => path.split('/')[1]);
    assert.deepEqual([...new Set(answered)], ['emea', 'amer']);
  });

  it('answers every refusal with the same words, whoever asks', async () => {
    const bodies = [];
    for (const authorization of [
      null,
      'Bearer a.b.c',
      `Bearer ${await signed(site.microsoft, { claims: { aud: other } })}`,
    ])
      bodies.push(JSON.stringify((await site.post(site.activity(), authorization)).body));
    assert.equal(new Set(bodies).size, 1);
  });
});

import nock from 'nock';

const unmocked: string[] = [];

/** No test reaches beyond this machine: a call that nothing answers fails its test, and so does an answer nobody asked for. */
export const mochaHooks = {
  beforeAll() {
    nock.disableNetConnect();
    nock.enableNetConnect(/^(127\.0\.0\.1|localhost|\[::1\]):/);
    nock.emitter.on('no match', (request: { host?: string; options?: { host?: string } }) => {
      const host = request.options?.host ?? request.host ?? '';
      if (!/^(127\.0\.0\.1|localhost|::1)/.test(host)) unmocked.push(host);
    });
  },
  afterEach() {
    const calls = unmocked.splice(0);
    const unused = nock.pendingMocks();
    nock.cleanAll();
    if (calls.length > 0) throw new Error(`calls that nothing answers: ${calls.join(', ')}`);
    if (unused.length > 0) throw new Error(`answers that nobody asked for: ${unused.join(', ')}`);
  },
};

import type { Wire } from '../../../src/channels/wire.ts';
import { ada, assertOthersReadNothing, type Doing } from '../others-read.ts';
import { appId, person, tenant } from './far-end.ts';
import { executesIn, startSite, type Site } from './site.ts';

const hers = { conversationType: 'personal', id: 'a:one' };
/** Her own chat, and where others read along; of a meeting's chat Teams does not always say what it is. */
const places = [
  hers,
  { conversationType: 'channel', id: '19:general@thread.tacv2;messageid=17' },
  { conversationType: 'channel', id: '19:general@thread.tacv2;messageid=18' },
  { conversationType: 'groupChat', id: '19:group@thread.v2' },
  { conversationType: undefined, id: '19:meeting_x@thread.v2' },
];
type Done = Doing<(typeof places)[number]>;

const mentions = [{ type: 'mention', text: '<at>L</at>', mentioned: { id: `28:${appId}` } }];
const said = ({ words, nth }: Done): Wire => ({ text: `<at>L</at> ${words}`, id: `m${nth}`, entities: mentions });
const invoke = ({ nth }: Done, name: string, value: Wire): Wire => ({ type: 'invoke', name, id: `f:${nth}`, value });

/** Everything that somebody can do in Teams, as what is posted to us. */
const kinds = {
  message: said,
  edited: (done: Done) => ({ ...said(done), type: 'messageUpdate' }),
  deleted: ({ nth }: Done) => ({ type: 'messageDelete', id: `m${nth}` }),
  press: (done: Done, site: Site) =>
    invoke(done, 'adaptiveCard/action', { action: { verb: 'choose', data: buttonAt(done, site) } }),
  submit: (done: Done, site: Site) => ({
    text: '',
    id: `s${done.nth}`,
    value: { ...buttonAt(done, site), verb: 'choose' },
  }),
  rate: (done: Done) => invoke(done, 'message/submitAction', thumb(done)),
  form: (done: Done) => invoke(done, 'message/fetchTask', thumb(done)),
  claim: (done: Done) =>
    invoke(done, 'adaptiveCard/action', { action: { verb: 'claim', data: { ticket: 'LK-0000-0001' } } }),
  installed: ({ nth }: Done) => ({ type: 'installationUpdate', action: 'add', id: `i${nth}` }),
  joined: () => ({ type: 'conversationUpdate', membersAdded: [{ id: `28:${appId}` }] }),
};
const thumb = ({ nth }: Done): Wire => ({
  actionName: 'feedback',
  actionValue: { reaction: nth % 2 ? 'like' : 'dislike' },
});

/** One of the buttons that stand in that place, or none. */
function buttonAt({ place, nth, words }: Done, { microsoft }: Site) {
  const there = microsoft.asked.filter(({ path }) => path.includes(`/${place.id}/`));
  const buttons = there.flatMap(({ body }) => executesIn(body));
  return buttons[nth % (buttons.length + 1)] ?? { seq: 1, label: words };
}

async function start() {
  const site = await startSite();
  await site.world.change('account of over-limit');
  await site.world.store.links.save(`teams|${tenant}|${person}`, ada);
  const isHers = (path: string) => ['/a:one/', `/${site.microsoft.state.personal}/`].some((one) => path.includes(one));
  return {
    async does(kind: keyof typeof kinds, one: Done) {
      const conversation = { ...one.place, tenantId: tenant };
      const { body } = await site.deliver({ text: undefined, conversation, ...kinds[kind](one, site) });
      await site.quiet();
      return one.place === hers ? '' : JSON.stringify(body);
    },
    sent: () => site.microsoft.asked.map((call) => ({ isHers: isHers(call.path), json: JSON.stringify(call) })),
    close: () => site.close(),
  };
}

describe('whatever somebody whose account is known does in Teams', () => {
  it('tells nobody else anything of the account or the ticket, wherever they do it', () =>
    assertOthersReadNothing(Object.keys(kinds) as (keyof typeof kinds)[], places, start));
});

import { readState, type State } from '../../dialogs/memory.ts';
import type { World } from '../support/world.ts';

interface Frame {
  id: string;
  state: { at: string; then: string | null; saved: object };
}
export type Stored = Omit<State, 'stack'> & { stack: Frame[] };

/** The state of a conversation as it lies in the store, and its size in bytes. */
export async function storedState({ db, id }: World): Promise<{ state: Stored; bytes: number }> {
  const row = await db.selectFrom('conversations').select('state').where('id', '=', id).executeTakeFirstOrThrow();
  const text = row.state ?? 'null';
  return { state: readState(row.state) as Stored, bytes: Buffer.byteLength(text) };
}

/** Changes the state in the store, as an earlier version of the dialogs might have left it. */
export async function changeState(world: World, change: (state: Stored) => void): Promise<void> {
  const { state } = await storedState(world);
  change(state);
  const text = JSON.stringify(state);
  await world.db.updateTable('conversations').set({ state: text }).where('id', '=', world.id).execute();
}

/** The dialog that waits, and at which step. */
export async function waiting(world: World): Promise<string> {
  const top = (await storedState(world)).state.stack.at(-1);
  return top ? `${top.id}/${top.state.at}` : 'nothing';
}

/** What the bot says to these words, one text a message. */
export async function say(world: World, text: string): Promise<string[]> {
  return (await world.write(text)).map(({ reply }) => reply.text);
}

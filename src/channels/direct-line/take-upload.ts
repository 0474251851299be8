import { hash } from 'node:crypto';
import { codeOf } from '../../domain/errors.ts';
import type { Log, Random, Store } from '../../domain/ports.ts';
import { spend } from '../../http/rate-limit.ts';
import { createScreenshotCleaner, typeOfPicture } from '../../redaction/clean-screenshot.ts';
import { readActivity } from './read-activity.ts';
import type { HoldBytes, Upload } from './read-upload.ts';
import type { TakeActivity } from './take-activity.ts';

/** What taking uploads needs. */
export interface TakeUploadNeeds {
  readonly take: TakeActivity;
  readonly store: Pick<Store, 'screenshots' | 'limits'>;
  readonly random: Random;
  readonly takesScreenshots: boolean;
  readonly log: Log;
}

/** Reads an upload; `hold`: with what is in its files, where there is room for that; null: without. */
export type ReadUpload = (hold: HoldBytes | null) => Promise<Upload>;

const mostPerHour = 5;
/** Bytes of uploads that are in memory at once; whoever sends slowly holds few. */
const mostHeld = 90_000_000;

/** Takes the words that came with files, and what among these are screenshots; all is stored before it resolves. */
export function createTakeUpload({ take, store, random, takesScreenshots, log }: TakeUploadNeeds) {
  const cleaner = createScreenshotCleaner(log);
  const hourly = store.limits('screenshots', mostPerHour, 3_600);
  let held = 0;

  const mayPaint = (conversationId: string) =>
    spend(hourly, conversationId).then(
      () => true,
      (error: unknown) => (codeOf(error) === 'too-many-requests' ? false : Promise.reject(error as Error)),
    );

  /** The ids of those that were taken; the same message again stores no other, and spends nothing for it. */
  async function keep(conversationId: string, message: string, contents: Upload['contents']) {
    const ids: string[] = [];
    for (const [place, file] of contents.entries()) {
      if (typeOfPicture(file) === null) continue;
      const id = hash('sha256', `${conversationId} ${message} ${place}`, 'base64url').slice(0, 22);
      if ((await store.screenshots.find(id)) === null) {
        const screenshot = (await mayPaint(conversationId)) ? await cleaner.clean(file) : null;
        if (!screenshot) continue;
        await store.screenshots.add(conversationId, id, screenshot);
      }
      ids.push(id);
    }
    return ids;
  }

  async function takeOne(id: string, userId: string, read: () => Promise<Upload>) {
    const { activity, files, contents } = await read();
    const sent = readActivity(activity, files);
    const takes = takesScreenshots && sent.type === 'message' && (await cleaner.isThere());
    if (!takes) return take(id, userId, sent);
    const screenshots = await keep(id, sent.clientActivityId ?? random.id(22), contents);
    return take(id, userId, { ...sent, screenshots, files: sent.files - screenshots.length });
  }

  return async (id: string, userId: string, read: ReadUpload): Promise<{ readonly id: string }> => {
    let mine = 0;
    const hold: HoldBytes = (bytes) => {
      if (held + bytes > mostHeld) return false;
      held += bytes;
      mine += bytes;
      return true;
    };
    try {
      return await takeOne(id, userId, () => read(takesScreenshots ? hold : null));
    } finally {
      held -= mine;
    }
  };
}

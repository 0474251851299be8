import { hash } from 'node:crypto';
import { SupportError } from '../../domain/errors.ts';
import type { Log, Random, Store } from '../../domain/ports.ts';
import { createScreenshotCleaner } from '../../redaction/clean-screenshot.ts';
import { readActivity } from './read-activity.ts';
import type { Upload } from './read-upload.ts';
import type { TakeActivity } from './take-activity.ts';

/** What taking uploads needs. */
export interface TakeUploadNeeds {
  readonly take: TakeActivity;
  readonly store: Pick<Store, 'screenshots' | 'limits'>;
  readonly random: Random;
  readonly takesScreenshots: boolean;
  readonly log: Log;
}

/** Reads an upload; `keeps`: with what is in its files. */
export type ReadUpload = (keeps: boolean) => Promise<Upload>;

const mostPerHour = 5;
/** Uploads whose files are in memory at once. */
const mostUnderWay = 16;
const againMs = 2_000;

/** Takes the words that came with files, and what among these are screenshots; all is stored before it resolves. */
export function createTakeUpload({ take, store, random, takesScreenshots, log }: TakeUploadNeeds) {
  const clean = createScreenshotCleaner(log);
  const hourly = store.limits('screenshots', mostPerHour, 3_600);
  let underWay = 0;

  /** The ids of those that were taken; the same message again stores no other. */
  async function keep(conversationId: string, message: string, contents: Upload['contents']) {
    const ids: string[] = [];
    for (const [place, file] of contents.entries()) {
      const isAllowed = await hourly.consume(conversationId).then(
        () => true,
        () => false,
      );
      const screenshot = isAllowed ? await clean(file) : null;
      if (!screenshot) continue;
      const id = hash('sha256', `${conversationId} ${message} ${place}`, 'base64url').slice(0, 22);
      await store.screenshots.add(conversationId, id, screenshot);
      ids.push(id);
    }
    return ids;
  }

  async function takeOne(id: string, userId: string, read: ReadUpload) {
    const { activity, files, contents } = await read(takesScreenshots);
    const sent = readActivity(activity, files);
    if (!takesScreenshots || sent.type !== 'message') return take(id, userId, sent);
    const screenshots = await keep(id, sent.clientActivityId ?? random.id(22), contents);
    return take(id, userId, { ...sent, screenshots, files: sent.files - screenshots.length });
  }

  return async (id: string, userId: string, read: ReadUpload): Promise<{ readonly id: string }> => {
    if (underWay === mostUnderWay) throw new SupportError('too-many-requests', { retryAfterMs: againMs });
    underWay += 1;
    try {
      return await takeOne(id, userId, read);
    } finally {
      underWay -= 1;
    }
  };
}

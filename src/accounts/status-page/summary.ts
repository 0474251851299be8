import { z } from 'zod';
import { moment, text } from '../../domain/schemas.ts';
import { plainLine } from './plain-line.ts';

const word = text(500);
const name = word.transform(plainLine);
// Nothing that could end a link before its end.
const link = text(200).regex(/^https?:\/\/[\w.-]+(:\d+)?(\/[\w./?=&%#-]*)?$/);

const component = z.object({
  id: word,
  name,
  status: z.enum(['operational', 'degraded_performance', 'partial_outage', 'major_outage', 'under_maintenance']),
  group: z.boolean().nullish(),
  group_id: word.nullish(),
});
const notice = z.object({
  name,
  status: z.string(),
  impact: z.enum(['none', 'minor', 'major', 'critical', 'maintenance']),
  started_at: moment.nullish().catch(null),
  shortlink: link.nullish().catch(null),
  components: z.array(component).nullish(),
});

/** Whether an answer is a summary at all. */
export const pageSchema = z.object({ page: z.object({ id: z.string() }) });

/** `/api/v2/summary.json`, as every such page documents it, for example https://confluence.status.atlassian.com/api. */
export const summarySchema = z.object({
  components: z.array(component),
  incidents: z.array(notice),
  scheduled_maintenances: z.array(notice),
});

/** A part of the product, with its status now. */
export type Component = z.infer<typeof component>;
/** An incident, or a scheduled maintenance. */
export type Notice = z.infer<typeof notice>;
/** What the page tells. */
export type Summary = z.infer<typeof summarySchema>;

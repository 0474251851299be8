/** One contestant at one task, in a process of its own: `child.ts CONTESTANT TASK`, the figures go to the parent. */
import { contestants } from './contestants.ts';
import { loadPeer } from './peers.ts';
import { tasks } from './tasks.ts';

const [, , contestantName, taskName] = process.argv;
const contestant = contestants.find(({ name }) => name === contestantName);
const task = tasks.find(({ name }) => name === taskName);
if (!contestant || !task) throw new Error(`no contestant ${contestantName ?? ''} or task ${taskName ?? ''}`);

const before = process.memoryUsage.rss();
for (const module of contestant.modules) loadPeer(module);
const figures = await task.run(contestant, before);
process.send?.(figures, () => process.exit());

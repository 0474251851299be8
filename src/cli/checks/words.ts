import { contentContract } from '../../../dialogs/content-contract.ts';
import { inOneLine } from '../../content/checked.ts';
import { fail, ok, type Check, type CheckResult } from '../../domain/check.ts';
import { checkContent } from '../../knowledge/check.ts';
import { readLayers, shownAs } from '../../knowledge/layers.ts';
import { loadContent } from '../../knowledge/load.ts';

/** Reads a company's own words over ours, as a start does. */
export function checkWords(folders: readonly string[]): Check {
  return { name: 'words', run: () => Promise.resolve(judge(folders)) };
}

function judge(folders: readonly string[]): CheckResult {
  const layers = readLayers(folders);
  const [first, ...others] = checkContent(layers, loadContent(layers), contentContract);
  const folder = shownAs(folders.at(-1) ?? '');
  if (!first) return ok(`${folder} over ours: these words can be used`);
  const more = others.length > 0 ? `, and ${others.length} more` : '';
  return fail(inOneLine(first) + more, `npm run content:check -- ${folder}`);
}

import { fail, ok, type CheckNeeds, type CheckResult } from '../../domain/check.ts';
import { basic, probe } from '../../http/probe.ts';
import type { JiraSettings } from './settings.ts';

/** Asks Jira who we are, and for the request type that tickets are raised as. */
export async function checkJira(settings: JiraSettings, { fetch }: CheckNeeds): Promise<CheckResult> {
  const { url, email, token, serviceDesk, requestType } = settings;
  const get = (path: string) => probe(fetch, new URL(path, url), { headers: basic(email, token) });
  const { status: known } = await get('/rest/api/3/myself');
  if (known === 401 || known === 403)
    return fail(`${url.host} refused the token (${known})`, 'check JIRA_EMAIL and JIRA_TOKEN (docs/jira.md)');
  if (known !== 200) return fail(`${url.host} answered ${known}`, 'check JIRA_URL');
  const [desk, type] = [serviceDesk, requestType].map(encodeURIComponent);
  const { status } = await get(`/rest/servicedeskapi/servicedesk/${desk}/requesttype/${type}`);
  if (status === 200) return ok(`${url.host} knows us, and the request type`);
  return fail(
    `${url.host} knows us, but answered ${status} for the request type`,
    'check JIRA_SERVICE_DESK and JIRA_REQUEST_TYPE, and that this account may raise requests there (docs/jira.md)',
  );
}

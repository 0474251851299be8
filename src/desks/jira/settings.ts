import { anyText, group, required, type Setting } from '../../domain/settings.ts';
import { deskOrigin } from '../desk-origin.ts';
import { plainAddress } from '../../mail/plain-address.ts';

/** How Jira Service Management is reached, and as what a ticket is raised there. */
export interface JiraSettings {
  /** Its origin, such as `https://acme.atlassian.net`. */
  readonly url: URL;
  /** Whose API token it is: the reporter of every request. */
  readonly email: string;
  readonly token: string;
  readonly serviceDesk: string;
  readonly requestType: string;
}

/** Jira, as the settings have it. */
export const jiraSettings: Setting<JiraSettings> = group({
  url: required('JIRA_URL', 'the address such as https://acme.atlassian.net', deskOrigin),
  email: required('JIRA_EMAIL', 'the e-mail address of the account whose API token it is', plainAddress),
  token: required('JIRA_TOKEN', 'an API token of that account', anyText),
  serviceDesk: required('JIRA_SERVICE_DESK', 'the id of the service desk, such as 3', anyText),
  requestType: required('JIRA_REQUEST_TYPE', 'the id of a request type, such as 27', anyText),
});

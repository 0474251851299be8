import type { Agent, Person, Role } from '../domain/agent.ts';
import type { AgentSessions } from '../domain/ports.ts';

/** Those who answer tickets, as far as they are known: they signed in within the last days. */
export interface Colleagues {
  /** By their names. */
  list(): Promise<readonly Person[]>;
}

const mostAsked = 500;

/** The agents among those who signed in. */
export function createColleagues(
  sessions: Pick<AgentSessions, 'known'>,
  rolesNow: (agent: Agent) => readonly Role[],
): Colleagues {
  return {
    async list() {
      const agents = (await sessions.known(mostAsked)).filter((one) => rolesNow(one).includes('agent'));
      return agents.map(({ id, name }) => ({ id, name })).sort((a, b) => (a.name < b.name ? -1 : 1));
    },
  };
}

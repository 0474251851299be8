import { stopsBesideSilentStreams } from '../server/silent-streams.ts';

describe('the process beside a thousand silent clients', () => stopsBesideSilentStreams(1_000));

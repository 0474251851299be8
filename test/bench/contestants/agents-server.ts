import { ActivityHandler, CloudAdapter, authorizeJWT, type AuthConfiguration } from '@microsoft/agents-hosting';
import express, { type Request, type Response } from 'express';
import { tellParent } from '../child.ts';

/** The echo of the Microsoft 365 Agents SDK, as its README has it: express, CloudAdapter, no client id, so nobody is asked for a token. */
class Echo extends ActivityHandler {
  constructor() {
    super();
    this.onMessage(async (context, next) => {
      await context.sendActivity(`Echo: ${context.activity.text ?? ''}`);
      await next();
    });
  }
}

const anonymous: AuthConfiguration = {};
const adapter = new CloudAdapter(anonymous);
const bot = new Echo();
const app = express();
app.use(express.json());
app.use(authorizeJWT(anonymous));
app.post('/api/messages', async (request: Request, response: Response) => {
  await adapter.process(request, response, (context) => bot.run(context));
});
const server = app.listen(0, '127.0.0.1', () => tellParent((server.address() as { port: number }).port));

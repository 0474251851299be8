import type { AddressInfo } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import type { FarEnd } from './contract.ts';

export const login = { user: 'latchkey', pass: 'mail-pass-9d2' };

/** A message as the server took it: its envelope, its bytes, and what a mail program makes of it. */
export interface Mail {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: string;
  readonly parsed: ParsedMail;
}

const says = (responseCode: number, text: string) => Object.assign(new Error(text), { responseCode });

/** A real SMTP server on this machine; `late`: it takes the message and never says so. */
export async function startMailServer() {
  const mails: Mail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    hideSTARTTLS: true,
    onAuth(given, _session, done) {
      const isOurs = given.username === login.user && given.password === login.pass;
      if (isOurs) done(null, { user: login.user });
      else done(says(535, `no ${given.password ?? ''}`));
    },
    onRcptTo(address, _session, done) {
      done(mail.answers === null ? null : says(mail.answers, `no such person as ${address.address}`));
    },
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const raw = Buffer.concat(chunks).toString('utf8');
        // Whoever refuses a message may well repeat it.
        const failing = { down: 451, refusing: 550 }[mail.fault as string];
        if (failing !== undefined) {
          done(says(failing, raw));
          return;
        }
        void simpleParser(raw).then((parsed) => {
          const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
          mails.push({ from, to: envelope.rcptTo.map(({ address }) => address), raw, parsed });
          if (mail.fault !== 'late') done();
        });
      });
    },
  });
  // A client that gives up breaks its connection.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const mail = {
    mails,
    fault: 'up' as FarEnd,
    /** To the recipient; null: fine. */
    answers: null as number | null,
    port: (server.server.address() as AddressInfo).port,
    close: () => server.close(() => undefined),
  };
  return mail;
}

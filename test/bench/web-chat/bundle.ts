import { createRequire } from 'node:module';

/** Where official Web Chat’s one script is. Throws where `npm ci --prefix test/bench/web-chat` was not run. */
export function webChatBundle(): string {
  const found = createRequire(import.meta.url).resolve('botframework-webchat');
  return found.replace(/lib.index\.js$/, 'dist/webchat.js');
}

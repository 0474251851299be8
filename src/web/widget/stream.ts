import type { ActivitySet } from '../../domain/direct-line.ts';

export interface StreamHandlers {
  readonly opened: () => void;
  /** Azure may leave out either. */
  readonly frame: (frame: Partial<ActivitySet>) => void;
  /** Every 20 s, with the heartbeat. */
  readonly heartbeat: () => void;
}

/** Listens until the socket closes or the signal aborts; empty text frames both ways keep it alive. */
export function listen(
  socket: WebSocket,
  { opened, frame, heartbeat }: StreamHandlers,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve) => {
    const heart = setInterval(() => {
      if (socket.readyState === 1) socket.send('');
      heartbeat();
    }, 20_000);
    const tooSlow = setTimeout(() => socket.readyState === 0 && end(), 15_000);
    const end = () => {
      clearInterval(heart);
      clearTimeout(tooSlow);
      socket.onopen = socket.onmessage = socket.onclose = null;
      // The browser complains on the host’s page of one that is closed while it opens.
      if (socket.readyState === 0) socket.onopen = () => socket.close();
      else socket.close();
      resolve();
    };
    socket.onopen = opened;
    socket.onclose = end;
    socket.onmessage = ({ data }) => {
      if (typeof data === 'string' && data) frame(JSON.parse(data) as Partial<ActivitySet>);
    };
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
}

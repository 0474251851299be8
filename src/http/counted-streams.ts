import type { OpenStream, StreamRoute } from './route.ts';

/** The same streams, and how many are open. */
export function countStreams(streams: readonly StreamRoute[]) {
  let count = 0;

  const counted = (opens: OpenStream): OpenStream => {
    return (socket) => {
      const stream = opens(socket);
      if (!stream) return null;
      count += 1;
      return {
        receive: (text) => stream.receive(text),
        leave() {
          count -= 1;
          stream.leave();
        },
      };
    };
  };

  return {
    streams: streams.map((one): StreamRoute => {
      return {
        path: one.path,
        async open(request, url) {
          const opens = await one.open(request, url);
          return opens && counted(opens);
        },
      };
    }),
    open: () => count,
  };
}

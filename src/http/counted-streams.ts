import type { StreamRoute } from './route.ts';

/** The same streams, and how many are open. */
export function countStreams(streams: readonly StreamRoute[]) {
  let count = 0;
  const counted = streams.map(({ path, open }): StreamRoute => {
    return {
      path,
      async open(request, url) {
        const opens = await open(request, url);
        return (
          opens &&
          ((socket) => {
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
          })
        );
      },
    };
  });
  return { streams: counted, open: () => count };
}

/**
 * Whoever reads what a command prints may go before it ends, as `head` does: that is no error of the command. `ends`: then there
 * is nothing left to do; a command that changes something goes on to its end.
 */
export function mindClosedPipe({ ends }: { readonly ends: boolean }): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      if (ends) process.exit();
    });
}

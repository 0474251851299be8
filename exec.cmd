@rem Windows has no exec; `npm start` calls it, so that a stop reaches the server and not a shell.
@%*

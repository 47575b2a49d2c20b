/** How long a gateway's end may take beside the turns that are waited for, ms: agents that do not obey, sockets that do not close. */
export const endingMs = 14_000;

/** How long whoever ends it from outside waits beside those turns, ms: a moment longer than it gives itself. */
export const endingPatienceMs = endingMs + 6_000;

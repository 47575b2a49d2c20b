import { apiKey, type RunningGateway } from './start-gateway.ts';

export type StreamedEvent = { id: string; seq: number; event: { type: string; data: { content?: string } } };

/**
 * Follows a session by `text/event-stream` as a browser does: it comes back with the last id whenever the stream ends.
 * `cutAfter` ends it from this side after so many events each time.
 */
export async function* followStream(
  gateway: RunningGateway,
  sessionId: string,
  { cutAfter = Number.POSITIVE_INFINITY }: { cutAfter?: number } = {},
): AsyncGenerator<StreamedEvent> {
  let lastId = '';
  for (;;) {
    const stream = await open(gateway, sessionId, lastId);
    if (!stream) continue;
    let rest = '';
    let count = 0;
    try {
      for await (const text of stream.pipeThrough(new TextDecoderStream())) {
        const blocks = `${rest}${text}`.split('\n\n');
        rest = blocks.pop() ?? '';
        for (const block of blocks) {
          const id = /^id: (.*)$/m.exec(block)?.[1];
          const data = /^data: (.*)$/m.exec(block)?.[1];
          if (id === undefined || data === undefined) continue;
          lastId = id;
          count += 1;
          yield { ...JSON.parse(data), id } as StreamedEvent;
        }
        if (count >= cutAfter) break;
      }
    } catch (error) {
      // The gateway is gone; whoever asks for more waits until it is back.
      if (!(error instanceof TypeError)) throw error;
    }
  }
}

async function open(gateway: RunningGateway, sessionId: string, lastId: string) {
  try {
    const headers = { 'x-api-key': apiKey, ...(lastId === '' ? {} : { 'last-event-id': lastId }) };
    const { body } = await fetch(`${gateway.url}/api/sessions/${sessionId}/stream`, { headers });
    return body;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    // Refused: the event loop may turn once before the next attempt.
    await new Promise(setImmediate);
    return null;
  }
}

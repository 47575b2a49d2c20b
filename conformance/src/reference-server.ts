import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { subprotocol } from '@hotplex/aep-protocol';
import { WebSocketServer } from 'ws';
import { ReferenceConnection } from './reference-connection.ts';
import type { Scenario } from './scenario.ts';
import { Stage } from './stage.ts';

export type ReferenceServer = AsyncDisposable & {
  /** A client connects to this address and the scenario's name. */
  url: string;
  /** What went wrong in a scenario that was played, by name; undefined for one that nobody asked for. */
  report(name: string): string[] | undefined;
};

/** A server without a gateway behind it: each scenario is an address, and is played once. */
export async function openReferenceServer(
  scenarios: readonly Scenario[],
  port = 0,
): Promise<ReferenceServer> {
  const known = new Map(scenarios.map((scenario) => [scenario.name, scenario]));
  const stages = new Map<string, Stage>();
  const stageOf = (name: string): Stage | undefined => {
    const scenario = known.get(name);
    const stage = stages.get(name) ?? (scenario && new Stage(scenario));
    if (stage) stages.set(name, stage);
    return stage;
  };
  const server = createServer((request, response) => answer(request, response, stages));
  const sockets = new WebSocketServer({
    noServer: true,
    handleProtocols: (offered) => (offered.has(subprotocol) ? subprotocol : false),
  });
  server.on('upgrade', (request, stream, head) => {
    const stage = stageOf(new URL(request.url ?? '/', 'http://localhost').pathname.slice(1));
    stream.on('error', () => {});
    if (!stage || stage.refusals > 0) {
      if (stage) stage.refusals -= 1;
      stream.end(
        `HTTP/1.1 ${stage ? '503 Service Unavailable' : '404 Not Found'}\r\nconnection: close\r\n\r\n`,
      );
      return;
    }
    sockets.handleUpgrade(request, stream, head, (ws) => {
      if (ws.protocol !== subprotocol) stage.problems.push(`the client does not offer ${subprotocol}`);
      const onProblem = (problem: string) => stage.problems.push(problem);
      stage.arrive(new ReferenceConnection({ ws, stream }, { onChange: () => stage.changed(), onProblem }));
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const { port: actual } = server.address() as AddressInfo;
  return {
    url: `ws://127.0.0.1:${actual}`,
    report: (name) => stages.get(name)?.report(),
    async [Symbol.asyncDispose]() {
      for (const ws of sockets.clients) ws.terminate();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The log of a scenario's session by HTTP (rule R4). */
function answer(
  request: IncomingMessage,
  response: ServerResponse,
  stages: ReadonlyMap<string, Stage>,
): void {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  const name = /^\/api\/sessions\/sess-([^/]+)\/events$/.exec(pathname)?.[1];
  const log = stages.get(name ?? '')?.log;
  const isKnown = request.headers['x-api-key'] !== undefined || request.headers.authorization !== undefined;
  const refusal = isKnown ? 'SESSION_NOT_FOUND' : 'AUTH_REQUIRED';
  const page = log && {
    events: log
      .after(Number(searchParams.get('after') ?? 0))
      .slice(0, Number(searchParams.get('limit') ?? 500)),
    ...{ oldest_seq: 1, last_seq: log.lastSeq, epoch: log.epoch },
  };
  response.writeHead(isKnown ? (page ? 200 : 404) : 401, { 'content-type': 'application/json' });
  response.end(JSON.stringify(isKnown && page ? page : { error: { code: refusal, message: refusal } }));
}

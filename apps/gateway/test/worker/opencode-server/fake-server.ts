import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock } from '../../../src/ground/clock.ts';
import { createIds } from '../../../src/ground/ids.ts';
import type { Exit, ProcessListener } from '../../../src/process/child-process.ts';
import { OpenCodeServer } from '../../../src/worker/opencode-server/opencode-server.ts';
import { OpenCodeServerWorker } from '../../../src/worker/opencode-server/opencode-server-worker.ts';
import type { WorkerDefinition } from '../../../src/worker/worker.ts';
import { RecordedWorker } from '../../contracts/recorded-worker.ts';

type Heard = {
  method: string;
  path: string;
  body: Record<string, unknown>;
  authorization: string | undefined;
};

/** `opencode serve`, played by the test over real HTTP: it says what it is told to, and answers from `state`. */
export class FakeServer implements AsyncDisposable {
  readonly heard: Heard[] = [];
  /** What is fetched behind a gap of the stream. */
  readonly state = {
    messages: [] as unknown[],
    status: {} as Record<string, unknown>,
    permissions: [] as unknown[],
    /** How many requests for the stream are answered by a web page. */
    pages: 0,
  };
  readonly #http = createServer((request, response) => void this.#answer(request, response));
  readonly #streams = new Set<ServerResponse>();
  #opened = 0;
  #progress = Promise.withResolvers<void>();
  #listener: ProcessListener | undefined;

  static async open(): Promise<FakeServer> {
    const fake = new FakeServer();
    await new Promise<void>((resolve) => fake.#http.listen(0, '127.0.0.1', resolve));
    return fake;
  }

  /** A worker in a server process that is this fake. */
  start(resume?: string): RecordedWorker {
    const { port } = this.#http.address() as AddressInfo;
    const ground = { clock: systemClock, ids: createIds() };
    const server = new OpenCodeServer({
      ...{ file: '/bin/opencode', environment: {}, cwd: '/', clock: systemClock },
      address: { port, password: 'secret' },
      onExit: () => {},
      spawn: (_, listener) => {
        this.#listener = listener;
        queueMicrotask(() => listener.onLines([`opencode server listening on http://127.0.0.1:${port}`]));
        return {
          pid: 1,
          handle: undefined,
          offset: 0,
          writeLine() {},
          closeInput() {},
          stop: async () => this.crash({ reason: 'stopped' }),
        };
      },
    });
    const start: WorkerDefinition['start'] = ({ workDir, config }, listener) => {
      const worker = new OpenCodeServerWorker({
        ...{ workDir, config, resume, permissionModes: ['default'], listener, ...ground },
        leave: (tenant) => server.leave(tenant),
      });
      server.enter(worker);
      return worker;
    };
    return new RecordedWorker({ start } as WorkerDefinition, { workDir: '/work' });
  }

  /** Says an event on every open stream. */
  say(type: string, properties: object): void {
    this.write(`data: ${JSON.stringify({ directory: '/work', payload: { type, properties } })}\n\n`);
  }

  write(text: string): void {
    for (const stream of this.#streams) stream.write(text);
  }

  /** Breaks the stream; the worker opens another. */
  cut(): void {
    for (const stream of this.#streams) stream.destroy();
    this.#streams.clear();
  }

  crash(exit: Partial<Exit> = {}): Exit {
    this.cut();
    const end: Exit = { reason: 'killed', code: null, signal: 'SIGKILL', stderr: '', ...exit };
    this.#listener?.onExit(end);
    return end;
  }

  /** Resolves with the first request for this path from this position on. */
  async request(path: RegExp, from = 0): Promise<Heard> {
    for (;;) {
      const found = this.heard.slice(from).find((heard) => path.test(heard.path));
      if (found) return found;
      await this.#progress.promise;
    }
  }

  /** Resolves once the stream was opened so many times. */
  async opened(times: number): Promise<void> {
    while (this.#opened < times || this.#streams.size === 0) await this.#progress.promise;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#http.close(() => resolve());
      this.#http.closeAllConnections();
    });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) : {};
    const { method = '', url: path = '' } = request;
    this.heard.push({ method, path, body, authorization: request.headers.authorization });
    if (path === '/global/event') this.#open(response);
    else if (/prompt_async$/.test(path)) response.writeHead(204).end();
    else
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(this.#find(path)));
    this.#progress.resolve();
    this.#progress = Promise.withResolvers();
  }

  #open(response: ServerResponse): void {
    if (this.state.pages > 0) {
      this.state.pages -= 1;
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html>');
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('data: {"payload":{"type":"server.connected","properties":{}}}\n\n');
    this.#streams.add(response);
    this.#opened += 1;
  }

  #find(path: string): unknown {
    const session = { id: 'ses_1', directory: '/work' };
    if (path === '/global/health') return { healthy: true, version: '1.18.33' };
    if (path === '/config/providers') return { providers: [], default: {} };
    if (path === '/config') return {};
    if (path === '/command' || path === '/question') return [];
    if (path === '/permission') return this.state.permissions;
    if (path === '/session/status') return this.state.status;
    if (path.includes('/message')) return this.state.messages;
    return /^\/session(\/ses_1)?$/.test(path) ? session : true;
  }
}

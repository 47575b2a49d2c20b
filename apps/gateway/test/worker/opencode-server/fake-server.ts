import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Clock, systemClock } from '../../../src/ground/clock.ts';
import { createIds } from '../../../src/ground/ids.ts';
import type {
  ChildProcess,
  Exit,
  ProcessListener,
  ProcessOptions,
} from '../../../src/process/child-process.ts';
import {
  createOpenCodeServer,
  type OpenCodeServerDefinition,
} from '../../../src/worker/opencode-server/definition.ts';
import { OpenCodeServer } from '../../../src/worker/opencode-server/opencode-server.ts';
import { OpenCodeServerWorker } from '../../../src/worker/opencode-server/opencode-server-worker.ts';
import type { WorkerDefinition } from '../../../src/worker/worker.ts';
import { RecordedWorker, type RecordOptions } from '../../contracts/recorded-worker.ts';

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
    /** Names of the agent's own commands. */
    commands: [] as string[],
    /** Messages of sub-agents, by their session. */
    children: {} as Record<string, unknown[]>,
    /** Whether prompts and answers are left without a reply. */
    deaf: false,
    /** How many requests for the stream are answered by a web page. */
    pages: 0,
  };
  /** All processes that were started or taken over. */
  readonly spawned: ProcessOptions[] = [];
  readonly folder = mkdtempSync(join(tmpdir(), 'opencode-'));
  readonly #https: Server[] = [];
  readonly #streams = new Set<ServerResponse>();
  #opened = 0;
  #held: { path: RegExp; until: PromiseWithResolvers<void> } | undefined;
  #refused: RegExp | undefined;
  #sessions = 0;
  #progress = Promise.withResolvers<void>();
  #listener: ProcessListener | undefined;

  static async open(): Promise<FakeServer> {
    const fake = new FakeServer();
    await fake.#listen(0);
    return fake;
  }

  /** A worker in a server process that is this fake. */
  start({ resume, word }: Pick<RecordOptions, 'resume' | 'word'> = {}): RecordedWorker {
    const port = this.#port;
    const ground = { clock: systemClock, ids: createIds() };
    const server = new OpenCodeServer({
      ...{ file: '/bin/opencode', environment: {}, cwd: '/', clock: systemClock },
      address: { port, password: 'secret', answers: join(this.folder, 'answers') },
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
    return new RecordedWorker({ start } as WorkerDefinition, { workDir: '/work', ...(word && { word }) });
  }

  /** The adapter of another gateway, whose server process is this fake and outlives it. */
  gateway(clock: Clock = systemClock): OpenCodeServerDefinition {
    return createOpenCodeServer({
      ...{ clock, ids: createIds(), environment: {}, command: process.execPath },
      spawn: (options, listener) => this.#spawn(options, listener),
    });
  }

  /** The adapter of a gateway with walls around each server: that of a work dir is the fake with this folder. */
  static walled(...fakes: readonly FakeServer[]): OpenCodeServerDefinition {
    return createOpenCodeServer({
      ...{
        clock: systemClock,
        ids: createIds(),
        environment: {},
        command: process.execPath,
        perWorkDir: true,
      },
      spawn(options, listener) {
        const fake = fakes.find(({ folder }) => folder === options.needs?.workDir);
        if (!fake) throw new Error(`no server is to be started for ${options.needs?.workDir}`);
        return fake.#spawn(options, listener);
      },
    });
  }

  /** Lines on its output. */
  print(...lines: string[]): void {
    this.#listener?.onLines(lines);
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

  /** Lets requests for this path wait. */
  hold(path: RegExp): void {
    this.#held = { path, until: Promise.withResolvers() };
  }

  /** Answers requests for this path with an error. */
  refuse(path: RegExp): void {
    this.#refused = path;
  }

  release(): void {
    this.#held?.until.resolve();
    this.#held = undefined;
  }

  /** Lets what was said be read: meanwhile another request goes there and back. */
  async quiet(): Promise<void> {
    const heard = this.heard.length;
    this.say('no.such.event', {});
    await fetch(`http://127.0.0.1:${this.#port}/quiet`);
    await this.request(/^\/quiet/, heard);
  }

  /** Resolves once the stream was opened so many times. */
  async opened(times: number): Promise<void> {
    while (this.#opened < times || this.#streams.size === 0) await this.#progress.promise;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const http of this.#https) {
      await new Promise<void>((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      });
    }
    rmSync(this.folder, { recursive: true });
  }

  get #port(): number {
    const address = this.#https[0]?.address();
    if (!address || typeof address === 'string') throw new Error('nobody listens');
    return address.port;
  }

  #spawn(options: ProcessOptions, listener: ProcessListener): ChildProcess {
    this.spawned.push(options);
    this.#listener = listener;
    const port = Number(options.args.at(-1));
    if (!options.adopt) {
      void this.#listen(port).then(() => listener.onLines([`opencode server listening on http://${port}`]));
    }
    return {
      ...{ pid: 1, offset: 0, writeLine() {}, closeInput() {} },
      handle: { pid: 1, startTime: '1', mark: 'mark', folder: this.folder },
      stop: async () => this.crash({ reason: 'stopped' }),
    };
  }

  async #listen(port: number): Promise<void> {
    const http = createServer((request, response) => void this.#answer(request, response));
    this.#https.push(http);
    await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) : {};
    const { method = '', url: path = '' } = request;
    this.heard.push({ method, path, body, authorization: request.headers.authorization });
    this.#progress.resolve();
    this.#progress = Promise.withResolvers();
    if (this.#held?.path.test(path)) await this.#held.until.promise;
    if (path === '/global/event') this.#open(response);
    else if (method === 'POST' && this.state.deaf) {
      // No reply.
    } else if (this.#refused?.test(path)) {
      response.writeHead(400).end(JSON.stringify({ message: 'no such command' }));
    } else if (/prompt_async$/.test(path)) response.writeHead(204).end();
    else {
      const folder = decodeURIComponent(String(request.headers['x-opencode-directory'] ?? '/work'));
      const found = this.#find(path, { folder, isNew: method === 'POST' });
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(found));
    }
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

  #find(path: string, { folder, isNew }: { folder: string; isNew: boolean }): unknown {
    if (path === '/global/health') return { healthy: true, version: '1.18.33' };
    if (path === '/config/providers') return { providers: [], default: {} };
    if (path === '/config') return {};
    if (path === '/command') {
      return this.state.commands.map((name) => ({ name, source: 'command', template: 'Do $ARGUMENTS' }));
    }
    if (path === '/question') return [];
    if (path === '/permission') return this.state.permissions;
    if (path === '/session/status') return this.state.status;
    const [, id, what] = /^\/session(?:\/(\w+))?(?:\/(\w+))?/.exec(path) ?? [];
    if (what === 'message') return this.state.children[id ?? ''] ?? this.state.messages;
    if (id !== undefined && what === undefined) return { id, directory: folder };
    if (!path.startsWith('/session') || !isNew || (what !== undefined && what !== 'fork')) return true;
    this.#sessions += 1;
    return { id: `ses_${this.#sessions}`, directory: folder };
  }
}

import type { SessionConfig } from '@hotplex/aep-protocol';
import { AepClient, type AepClientOptions } from '@hotplex/client-sdk';
import { parseSettings } from './config.ts';
import type { Settings } from './config-schema.ts';
import { type Answers, answerQuestions } from './engine-questions.ts';
import { type Logger, silentLogger } from './ground/logger.ts';
import { type Opened, openOnMachine } from './serve.ts';

export type EngineOptions = {
  /** As in a configuration file. Nothing is read from files and variables; what is left out has its default. */
  settings?: Settings;
  /** Gets ids and codes, never content. Default: nobody. */
  logger?: Logger;
};

export type EngineSessionOptions = Answers & {
  /** Its type or alias: `claude_code`, `demo`, … */
  agent: string;
  /** An existing session's id, or a key of your own for the conversation; absent: a new one. */
  id?: string;
  /** The folder it works in. Default: that of the settings. */
  workDir?: string;
  /** Whose session it is; nobody else finds it. Default: `local`, who signs in to the web chat with a link. */
  user?: string;
  /** Model, permission mode and what else the agent takes. */
  config?: Omit<SessionConfig, 'work_dir'>;
} & Pick<AepClientOptions, 'lastSeq' | 'epoch' | 'role' | 'traceparent'>;

/** A session of an engine: the client of the SDK, without a network in between. */
export type EngineSession = AepClient;

/** Runs agents inside this program, as a gateway runs them, with no port open. */
export type Engine = {
  /** Opens one, or goes on with the one that `id` means. What is refused comes from `connect()` and from each turn. */
  session(options: EngineSessionOptions): EngineSession;
  /** Lets running turns end until their time or the signal is over, then ends all agents. Safe to call twice. */
  close(options?: { hurry?: AbortSignal }): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};

/** A whole gateway inside this program: the same, and its port. */
export type EmbeddedGateway = Engine & {
  /** Where it listens. */
  readonly url: string;
  /** A link that signs one browser in, once. */
  signInLink(): string;
};

/** An engine without any socket. Throws StartError with what is wrong and what to do. */
export async function createEngine(options: EngineOptions = {}): Promise<Engine> {
  return toEngine(await open(options, { isListening: false }), options);
}

/** A gateway as `hotplex serve` runs it, but for the signals: those are the program's. Throws StartError. */
export async function createGateway(options: EngineOptions = {}): Promise<EmbeddedGateway> {
  const opened = await open(options, { isListening: true });
  const { gateway } = opened;
  return { ...toEngine(opened, options), url: gateway.url, signInLink: () => gateway.signInLink() };
}

function open(
  { settings = {}, logger = silentLogger }: EngineOptions,
  how: { isListening: boolean },
): Promise<Opened> {
  const admin = how.isListening ? settings.admin : { enabled: false };
  const tree = structuredClone({ ...settings, ...(admin && { admin }) });
  const config = parseSettings(structuredClone(tree));
  const started = { config, tree, files: [], warnings: [], origins: new Map() };
  // The program says what is to be, once; there is nothing to read anew.
  const configFiles = { started, load: () => started };
  const log = { logger, logLines: { find: () => [] }, setLogLevel() {} };
  return openOnMachine({ config, configFiles, ...log }, how);
}

function toEngine({ gateway, close }: Opened, { logger = silentLogger }: EngineOptions): Engine {
  const clients = new Set<AepClient>();
  const closeAll = async (hurry: AbortSignal) => {
    await close({ hurry });
    for (const client of clients) client.close();
  };
  let closing: Promise<void> | undefined;
  const engine: Engine = {
    session({ agent, id, workDir, user = 'local', config, lastSeq, epoch, role, traceparent, ...answers }) {
      const client = new AepClient({
        ...{ url: gateway.url, webSocket: gateway.localSocket(user), client: { name: 'engine' } },
        ...{ workerType: agent, sessionId: id, lastSeq, epoch, role, traceparent },
        config: { ...config, ...(workDir !== undefined && { work_dir: workDir }) },
      });
      clients.add(client);
      client.onConnection(({ status }) => status === 'closed' && clients.delete(client));
      answerQuestions(client, { answers, logger });
      // Whoever wants to know why asks `connect()` or the turn.
      client.connect().catch(() => {});
      return client;
    },
    close({ hurry = new AbortController().signal } = {}) {
      closing ??= closeAll(hurry);
      return closing;
    },
    [Symbol.asyncDispose]: () => engine.close(),
  };
  return engine;
}

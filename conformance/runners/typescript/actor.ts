import { AepClient, AepError, type ConnectionState, SessionsApi, type Turn } from '@hotplex/client-sdk';
import type { ProgramStep, ScenarioClient } from '../../src/program-step.ts';
import { type ClientResult, eventText, noticeText } from '../../src/result.ts';

type Data = Readonly<Record<string, unknown>>;
type Text = ClientResult['events'][number][2];

const about = (fields: Readonly<Record<string, string>>, type: string, data: Data): Text =>
  (data[fields[type] ?? ''] ?? null) as Text;

/** A program with one client of the TypeScript SDK: it does what it is told and notes what it sees. */
export class Actor {
  readonly result: ClientResult = {
    ...{ events: [], notices: [], turns: {}, connection: [], last_seq: 0, tokens_asked: 0, history: [] },
  };
  readonly #client: AepClient;
  readonly #url: string;
  readonly #tokens: readonly string[];
  readonly #turns = new Map<string, Turn>();
  readonly #requests = new Map<string, string>();
  readonly #watchers = new Set<() => void>();

  constructor(url: string, { worker_type, session_id, last_seq, quiet_ms, ...options }: ScenarioClient) {
    this.#url = url;
    this.#tokens = options.tokens;
    this.#client = new AepClient({
      ...{ url, workerType: worker_type, sessionId: session_id, lastSeq: last_seq, quietMs: quiet_ms },
      ...{ epoch: options.epoch, role: options.role, config: options.config, auth: () => this.#token() },
      reconnect: options.reconnect && { minMs: 1, maxMs: 20 },
    });
    this.#client.onEvent(({ seq, event: { type, data } }) => {
      this.result.events.push([seq, type, about(eventText, type, data)]);
      if (type.endsWith('_request') && 'id' in data) this.#requests.set(type, String(data.id));
      this.#changed();
    });
    this.#client.onNotice(({ event: { type, data } }) => {
      if (type === 'pong') return;
      this.result.notices.push(`${type}:${about(noticeText, type, data)}`);
      this.#changed();
    });
    this.#client.onConnection((state) => this.#noteConnection(state));
  }

  /** Does one thing; resolves with `ok` or the code of what went wrong. */
  async perform(step: ProgramStep): Promise<string> {
    try {
      return (await this.#do(step)) ?? 'ok';
    } catch (error) {
      if (error instanceof AepError) return error.code;
      throw error;
    }
  }

  finish(): ClientResult {
    this.result.last_seq = this.#client.lastSeq;
    this.#client.close();
    return this.result;
  }

  async #do(step: ProgramStep): Promise<string | undefined> {
    const client = this.#client;
    switch (step.do) {
      case 'connect':
        await client.connect();
        return;
      case 'prompt':
        this.#turns.set(
          step.as,
          client.prompt(step.content, { inputId: step.input_id, delivery: step.delivery }),
        );
        return;
      case 'accepted':
        return this.#turn(step.turn).accepted.then(() => undefined);
      case 'done':
        return this.#end(step.turn);
      case 'hear':
        return this.#until(
          () => this.result.events.filter(([, kind]) => kind === step.event).length >= (step.times ?? 1),
        );
      case 'notice':
        return this.#until(() => this.result.notices.includes(step.notice));
      case 'answer_permission': {
        const { allowed, reason, option_id: optionId } = step;
        return this.#quietly(
          client.respondToPermission(this.#request('permission'), { allowed, reason, optionId }),
        );
      }
      case 'answer_question':
        return this.#quietly(client.answerQuestion(this.#request('question'), step.answers));
      case 'answer_elicitation':
        return this.#quietly(
          client.respondToElicitation(this.#request('elicitation'), step.action, step.content),
        );
      case 'interrupt':
        return this.#quietly(client.interrupt());
      case 'control':
        return this.#quietly(client.control(step.action, step.details));
      case 'command':
        return this.#quietly(client.command(step.command as Parameters<AepClient['command']>[0], step.args));
      case 'edit_input':
        return this.#quietly(client.editInput(step.input_id, step.content));
      case 'cancel_input':
        return this.#quietly(client.cancelInput(step.input_id));
      case 'close':
        client.close();
        return;
      case 'reconnected':
        return this.#until(
          () => this.result.connection.includes('reconnecting') && client.connection.status === 'ready',
        );
      case 'closed': {
        await this.#until(() => client.connection.status === 'closed');
        return client.connection.status === 'closed' ? client.connection.cause?.code : undefined;
      }
      case 'history': {
        const api = new SessionsApi({ url: this.#url, auth: () => this.#token() });
        const id = client.session?.session_id ?? '';
        for await (const { seq, event } of api.allEvents(id, { after: step.after }))
          this.result.history.push([seq, event.type, about(eventText, event.type, event.data)]);
        return;
      }
    }
  }

  async #end(name: string): Promise<string | undefined> {
    const seqs: number[] = [];
    const turn = this.#turn(name);
    try {
      for await (const { seq } of turn) seqs.push(seq);
      const { text, success, stopReason, error } = await turn.done;
      this.result.turns[name] = { seqs, text, success, stop_reason: stopReason, error: error?.code ?? null };
      return;
    } catch (error) {
      if (!(error instanceof AepError)) throw error;
      const nothing = { text: null, success: null, stop_reason: null };
      this.result.turns[name] = { seqs, ...nothing, error: error.code };
      return error.code;
    }
  }

  async #quietly(answer: Promise<void>): Promise<undefined> {
    await answer;
  }

  async #until(holds: () => boolean): Promise<undefined> {
    while (!holds()) {
      await new Promise<void>((resolve) => {
        this.#watchers.add(resolve);
      });
    }
  }

  #changed(): void {
    for (const watcher of this.#watchers) watcher();
    this.#watchers.clear();
  }

  #noteConnection({ status }: ConnectionState): void {
    if (this.result.connection.at(-1) !== status) this.result.connection.push(status);
    this.#changed();
  }

  #token(): string {
    const asked = this.result.tokens_asked++;
    const token = this.#tokens[Math.min(asked, this.#tokens.length - 1)] ?? '';
    if (token === '!') throw new Error('there is no credential now');
    return token;
  }

  #turn(name: string): Turn {
    const turn = this.#turns.get(name);
    if (!turn) throw new Error(`no prompt is called ${name}`);
    return turn;
  }

  #request(kind: string): string {
    return this.#requests.get(`${kind}_request`) ?? '';
  }
}

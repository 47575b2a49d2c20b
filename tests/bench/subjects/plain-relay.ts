// node plain-relay.ts AGENT
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';

/*
 * The least that a relay in Node can cost, with the same WebSockets as the gateway: what lies between an agent's line and a client's
 * frame, and nothing beside that. Pieces of text that came in one read are one envelope. Nothing is stored, checked or counted.
 * The first frame of a client is answered, each further one is a prompt.
 */

type Line = { type: string; event?: { delta?: { type: string; text?: string } } };

const [agent = ''] = process.argv.slice(2);
const idPrefix = randomUUID().slice(0, 24);
let ids = 0;

class Session {
  readonly #socket: WebSocket;
  readonly #head = `,"session_id":"sess_${randomUUID()}","timestamp":`;
  #agent: ChildProcessByStdio<Writable, Readable, null> | undefined;
  #seq = 0;
  #begun = '';
  #text = '';

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (prompt) => this.#take(String(prompt)));
    socket.on('close', () => this.#agent?.kill());
    socket.on('error', () => {});
  }

  #take(content: string): void {
    if (this.#agent) {
      const message = { role: 'user', content };
      this.#agent.stdin.write(`${JSON.stringify({ type: 'user', message, uuid: '1' })}\n`);
      return;
    }
    this.#agent = this.#startAgent();
    this.#send('init_ack', '');
  }

  #startAgent(): ChildProcessByStdio<Writable, Readable, null> {
    const child = spawn(agent, { stdio: ['pipe', 'pipe', 'ignore'] });
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => this.#read(chunk));
    child.stdin.on('error', () => {});
    return child;
  }

  #read(chunk: string): void {
    const lines = (this.#begun + chunk).split('\n');
    this.#begun = lines.pop() ?? '';
    for (const line of lines) this.#hear(JSON.parse(line) as Line);
    this.#flush();
  }

  #hear({ type, event }: Line): void {
    if (event?.delta?.type === 'text_delta') this.#text += event.delta.text;
    if (type !== 'result') return;
    this.#flush();
    this.#send('done', '');
  }

  #flush(): void {
    if (this.#text) this.#send('message.delta', this.#text);
    this.#text = '';
  }

  #send(type: string, content: string): void {
    this.#seq += 1;
    ids += 1;
    const id = `evt_${idPrefix}${ids.toString(16).padStart(12, '0')}`;
    const data = `{"message_id":"msg_1","content":${JSON.stringify(content)}}`;
    this.#socket.send(
      `{"version":"aep/v1","id":"${id}","seq":${this.#seq}${this.#head}${Date.now()},"event":{"type":"${type}","data":${data}}}`,
    );
  }
}

const server = createServer();
new WebSocketServer({ server, perMessageDeflate: false }).on('connection', (socket) => new Session(socket));
server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () => {
  console.log(`listening on ${(server.address() as AddressInfo).port}`);
});

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ModelRequest, readRequest } from './read-request.ts';
import { scenarios as claudeScenarios } from './scenarios.ts';
import { answer, type Scenario, type Step, text } from './script.ts';
import { writeStream, writeWhole } from './write-answer.ts';

export type Model = {
  /** The value of ANTHROPIC_BASE_URL. */
  url: string;
  /** Everything that was asked, in order. */
  requests: readonly ModelRequest[];
  close(): Promise<void>;
};

/**
 * A model on loopback that speaks the Anthropic Messages API and follows the script that the prompt names. Agents call
 * their tools differently, so each brings scenarios of its own.
 */
export async function startModel(scenarios = claudeScenarios): Promise<Model> {
  const requests: ModelRequest[] = [];
  const attempts = new Map<string, number>();
  const server = createServer((request, response) => {
    void handle(request, response);
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    const isMessages = request.method === 'POST' && /^\/v1\/messages(\?|$)/.test(request.url ?? '');
    if (!isMessages) {
      response.writeHead(request.method === 'HEAD' ? 200 : 404).end();
      return;
    }
    const read = readRequest(body);
    const key = `${request.headers['x-claude-code-session-id']} ${read.said.length} ${read.scenario} ${read.step}`;
    const attempt = (attempts.get(key) ?? 0) + 1;
    attempts.set(key, attempt);
    const asked: ModelRequest = { ...read, attempt };
    requests.push(asked);
    const step = toStep(asked, scenarios);
    if (step.do === 'refuse') return refuse(response, step);
    const options = { response, answer: step, number: requests.length, model: asked.model };
    if (asked.stream) await writeStream(options);
    else writeWhole(options);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function toStep(asked: ModelRequest, scenarios: Readonly<Record<string, Scenario>>): Step {
  if (asked.scenario === undefined) return answer(text(`You said: ${asked.said.at(-1) ?? ''}`));
  return scenarios[asked.scenario]?.(asked) ?? answer(text(`There is no script ${asked.scenario}.`));
}

function refuse(response: ServerResponse, step: Extract<Step, { do: 'refuse' }>): void {
  response.writeHead(step.status, { 'content-type': 'application/json', ...step.headers });
  response.end(JSON.stringify({ type: 'error', error: { type: step.type, message: step.message } }));
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

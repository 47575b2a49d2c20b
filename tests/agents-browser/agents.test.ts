import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { realProgram } from '../agents/open-acp.ts';
import { realClaude } from '../agents/open-claude.ts';
import { realOpenCode, toOpenCodeConfig, withoutCatalogue } from '../agents/open-opencode.ts';
import { realPi, toProvider } from '../agents/open-pi.ts';
import { say, turnEnds } from '../browser/open-chat.ts';
import { openCodeScenarios } from '../support/model/opencode-scenarios.ts';
import { piScenarios } from '../support/model/pi-scenarios.ts';
import { scenarios as claudeScenarios } from '../support/model/scenarios.ts';
import type { Scenario } from '../support/model/script.ts';
import { type Model, startModel } from '../support/model/start-model.ts';
import { openBrowser, screenshotPath } from '../support/open-browser.ts';
import { type RunningGateway, startGateway } from '../support/start-gateway.ts';

type RealAgent = {
  /** As the new-session dialog calls it. */
  title: RegExp;
  /** Whether it asks before it acts; those that do not are given what they may do beforehand. */
  asks: boolean;
  /** Whether its words come one by one; those of others come when all are there, as do their tool calls. */
  streams: boolean;
  /** Whether its turn goes on when the gateway is killed. */
  survives: boolean;
  /** Whether the next gateway tells a text that was begun only when it ends. */
  silent?: boolean;
  scenarios: Readonly<Record<string, Scenario>>;
  environment(modelUrl: string): Record<string, string>;
  /** The name of its model in the dialog. */
  model?: string;
  /** What it needs in the home of the gateway's user. */
  prepare?(home: string, modelUrl: string): Promise<void>;
};

const anthropic = (url: string) => ({ ANTHROPIC_BASE_URL: url, ANTHROPIC_API_KEY: 'sk-ant-of-a-test' });

const openCode = {
  scenarios: openCodeScenarios,
  environment: (url: string) => ({
    HOTPLEX_WORKER_OPENCODE_COMMAND: realOpenCode,
    OPENCODE_CONFIG_CONTENT: JSON.stringify(toOpenCodeConfig(url)),
    ...withoutCatalogue,
  }),
};
const withPrograms = (program: string) => ({
  // It refuses to run as root otherwise, which is what tests in a container are.
  IS_SANDBOX: '1',
  PATH: [dirname(realProgram(program)), process.env.PATH ?? ''].join(delimiter),
});

const agents: Record<string, RealAgent> = {
  claude_code: {
    title: /^Claude Code/,
    ...{ asks: true, streams: true, survives: true },
    scenarios: claudeScenarios,
    environment: (url) => ({ ...anthropic(url), HOTPLEX_WORKER_CLAUDE_CODE_COMMAND: realClaude }),
  },
  opencode_server: {
    title: /^OpenCode \(server\)/,
    ...{ asks: true, streams: true, survives: true, silent: true },
    ...openCode,
  },
  opencode_cli: {
    title: /^OpenCode \(CLI\)/,
    ...{ asks: false, streams: false, survives: true },
    ...openCode,
  },
  pi: {
    title: /^Pi/,
    ...{ asks: true, streams: true, survives: true },
    scenarios: piScenarios,
    model: 'test/first',
    environment: () => ({ HOTPLEX_WORKER_PI_COMMAND: realPi }),
    async prepare(home, url) {
      const folder = join(home, '.pi', 'agent');
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, 'models.json'), JSON.stringify({ providers: { test: toProvider(url) } }));
    },
  },
  acp: {
    title: /^Agent Client Protocol/,
    ...{ asks: true, streams: true, survives: true },
    scenarios: claudeScenarios,
    environment: (url) => ({ ...anthropic(url), ...withPrograms('claude-agent-acp') }),
  },
  acpx: {
    title: /^acpx/,
    ...{ asks: false, streams: true, survives: false },
    scenarios: claudeScenarios,
    environment: (url) => ({ ...anthropic(url), ...withPrograms('acpx') }),
    async prepare(home) {
      await mkdir(join(home, '.claude'), { recursive: true });
    },
  },
};

async function startSession(page: Page, gateway: RunningGateway, { title, model }: RealAgent): Promise<void> {
  await page.goto(gateway.signInLink);
  await page.getByRole('button', { name: 'Start a session' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: title }).check();
  if (model) await dialog.getByRole('textbox', { name: 'Model' }).fill(model);
  await dialog.getByRole('button', { name: 'Start session' }).click();
  await page.getByRole('heading', { name: 'What should we work on?' }).waitFor();
}

describe.each(Object.entries(agents))('%s in the browser', (name, agent) => {
  let model: Model;
  let gateway: RunningGateway;
  let browser: Browser;
  let page: Page;
  let turns = 0;

  beforeAll(async () => {
    model = await startModel(agent.scenarios);
    gateway = await startGateway({ env: agent.environment(model.url) });
    await agent.prepare?.(join(gateway.dataDir, '..'), model.url);
    browser = await openBrowser();
    const context = await browser.newContext({ viewport: { width: 1_200, height: 800 } });
    page = await context.newPage();
    // A start of an agent may take its time on a busy machine.
    page.setDefaultTimeout(60_000);
    await startSession(page, gateway, agent);
  });
  beforeEach(async () => {
    turns = await page.getByTestId('agent-message').count();
  });
  afterAll(async () => {
    await browser?.close();
    await gateway?.[Symbol.asyncDispose]();
    await model?.close();
  });

  const lastAnswer = async (of = page) => {
    const texts = await of.getByTestId('agent-message').last().getByTestId('markdown').allTextContents();
    return texts.join(' ').replace(/\s+/g, ' ').trim();
  };
  /** Returns in the middle of a long turn, with what it has said so far. */
  const inTurn = async () => {
    await say(page, agent.streams ? '@@slow' : '@@look-slow');
    await page.getByRole('button', { name: 'Stop' }).waitFor();
    const answer = page.getByTestId('agent-message').nth(turns);
    // Stop is there before the gateway has the prompt: whoever kills it then kills it in the start of the agent.
    await (agent.streams ? answer.getByText('tick tick') : answer.getByText('*', { exact: true })).waitFor();
  };
  const goesOn = async (before: string) => {
    if (agent.streams)
      await expect.poll(async () => (await lastAnswer()).length).toBeGreaterThan(before.length + 20);
  };

  const answering = async () => {
    const made = join(gateway.workDir, 'made.txt');
    await say(page, `@@touch(${made})`);
    await page.getByRole('button', { name: /^Deny/ }).first().click();
    await turnEnds(page, turns);
    expect(existsSync(made)).toBe(false);
    await say(page, `@@touch(${made})`);
    await page.getByRole('button', { name: /Allow once/ }).waitFor();
    await page.screenshot({ path: screenshotPath(`agent-${name}-permission`) });
    await page.getByRole('button', { name: /Allow once/ }).click();
    await turnEnds(page, turns + 1);
    expect(existsSync(made)).toBe(true);
  };
  if (agent.asks) test('[E4] denied, asked again, allowed: the tool runs', answering);

  test('[I5] Stop ends a turn, and the next prompt works', async () => {
    await inTurn();
    const stopped = performance.now();
    await page.getByRole('button', { name: 'Stop' }).click();
    await turnEnds(page, turns);
    expect(performance.now() - stopped).toBeLessThan(5_000);
    await say(page, '@@text(All is well.)');
    await page.getByText('All is well.', { exact: true }).last().waitFor();
    await turnEnds(page, turns + 1);
  });

  test('[R3] reloaded in mid-turn, and opened in a second tab, it is the same answer', async () => {
    await inTurn();
    const before = agent.streams ? await lastAnswer() : '';
    await page.reload();
    const second = await page.context().newPage();
    await second.goto(page.url());
    await second.getByRole('button', { name: 'Stop' }).waitFor();
    await goesOn(before);
    await second.getByRole('button', { name: 'Stop' }).click();
    await turnEnds(page, turns);
    await turnEnds(second, turns);
    const streamed = await lastAnswer();
    expect(streamed).toMatch(/^(tick )*t?i?c?k?$/);
    expect(await lastAnswer(second)).toBe(streamed);
    await page.reload();
    await expect.poll(() => page.getByTestId('agent-message').count()).toBe(turns + 1);
    expect(await lastAnswer()).toBe(streamed);
    await second.close();
  });

  test('[C2] [S5] the gateway is killed in mid-turn: the tab comes back, and the conversation goes on', async () => {
    await inTurn();
    await gateway.kill();
    const before = await lastAnswer();
    await page.locator('[data-testid=connection][data-state=reconnecting]').waitFor();
    await gateway.restart();
    await page.locator('[data-testid=connection][data-state=ready]').waitFor();
    if (agent.survives) {
      if (!agent.silent) await goesOn(before);
      await page.getByRole('button', { name: 'Stop' }).click();
    } else {
      await page.getByText('The gateway was stopped in the middle of this turn.').waitFor();
    }
    await turnEnds(page, turns);
    expect((await lastAnswer()).slice(0, before.length)).toBe(before);
    await say(page, '@@text(Here again.)');
    await page.getByText('Here again.', { exact: true }).last().waitFor();
    await turnEnds(page, turns + 1);
    await page.screenshot({ path: screenshotPath(`agent-${name}`) });
  });
});

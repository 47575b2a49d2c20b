import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { realProgram } from '../agents/open-acp.ts';
import { realClaude } from '../agents/open-claude.ts';
import { realOpenCode, toOpenCodeConfig } from '../agents/open-opencode.ts';
import { realPi, toProvider } from '../agents/open-pi.ts';
import { say, turnEnds } from '../browser/open-chat.ts';
import { openCodeScenarios } from '../support/model/opencode-scenarios.ts';
import { piScenarios } from '../support/model/pi-scenarios.ts';
import { scenarios as claudeScenarios } from '../support/model/scenarios.ts';
import type { Scenario } from '../support/model/script.ts';
import { startModel } from '../support/model/start-model.ts';
import { openBrowser, screenshotPath } from '../support/open-browser.ts';
import { type RunningGateway, startGateway } from '../support/start-gateway.ts';

type RealAgent = {
  /** As the new-session dialog calls it. */
  title: RegExp;
  scenarios: Readonly<Record<string, Scenario>>;
  environment(modelUrl: string): Record<string, string>;
  /** The name of its model in the dialog. */
  model?: string;
  /** What it needs in the home of the gateway's user. */
  prepare?(home: string, modelUrl: string): Promise<void>;
};

const anthropic = (url: string) => ({ ANTHROPIC_BASE_URL: url, ANTHROPIC_API_KEY: 'sk-ant-of-a-test' });

const agents: Record<string, RealAgent> = {
  claude_code: {
    title: /^Claude Code/,
    scenarios: claudeScenarios,
    environment: (url) => ({ ...anthropic(url), HOTPLEX_WORKER_CLAUDE_CODE_COMMAND: realClaude }),
  },
  opencode_server: {
    title: /^OpenCode \(server\)/,
    scenarios: openCodeScenarios,
    environment: (url) => ({
      HOTPLEX_WORKER_OPENCODE_COMMAND: realOpenCode,
      OPENCODE_CONFIG_CONTENT: JSON.stringify(toOpenCodeConfig(url)),
      OPENCODE_DISABLE_MODELS_FETCH: '1',
    }),
  },
  pi: {
    title: /^Pi/,
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
    scenarios: claudeScenarios,
    environment: (url) => ({
      ...anthropic(url),
      IS_SANDBOX: '1',
      PATH: [dirname(realProgram('claude-agent-acp')), process.env.PATH ?? ''].join(delimiter),
    }),
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
  test('[E4] [I5] denied, asked again, allowed: the tool runs; Stop ends a turn, and the next prompt works', async () => {
    const model = await startModel(agent.scenarios);
    await using gateway = await startGateway({ env: agent.environment(model.url) });
    await agent.prepare?.(join(gateway.dataDir, '..'), model.url);
    const browser = await openBrowser();
    const page = await browser.newPage({ viewport: { width: 1_200, height: 800 } });
    try {
      await startSession(page, gateway, agent);
      const made = join(gateway.workDir, 'made.txt');
      await say(page, `@@touch(${made})`);
      await page.getByRole('button', { name: /^Deny/ }).first().click();
      await turnEnds(page, 0);
      expect(existsSync(made)).toBe(false);
      await say(page, `@@touch(${made})`);
      await page.getByRole('button', { name: /Allow once/ }).waitFor();
      await page.screenshot({ path: screenshotPath(`agent-${name}-permission`) });
      await page.getByRole('button', { name: /Allow once/ }).click();
      await turnEnds(page, 1);
      expect(existsSync(made)).toBe(true);

      await say(page, '@@slow');
      await page.getByText('tick tick').first().waitFor();
      const stopped = performance.now();
      await page.getByRole('button', { name: 'Stop' }).click();
      await turnEnds(page, 2);
      expect(performance.now() - stopped).toBeLessThan(name === 'claude_code' ? 1_000 : 5_000);
      await say(page, '@@text(All is well.)');
      await page.getByText('All is well.', { exact: true }).last().waitFor();
      await turnEnds(page, 3);
      await page.screenshot({ path: screenshotPath(`agent-${name}`) });
    } finally {
      await browser.close();
      await model.close();
    }
  });
});

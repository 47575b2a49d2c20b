// Writes docs/configuration.md and the JSON Schema beside it from the configuration's schema; with --check only says whether it is current.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { configJsonSchema } from '../apps/gateway/src/config-json-schema.ts';
import { configSchema } from '../apps/gateway/src/config-schema.ts';
import { isLive } from '../apps/gateway/src/setting-changes.ts';
import { settingAt, settingPaths, variableOf } from '../apps/gateway/src/setting-paths.ts';

const docs = (name: string) => fileURLToPath(new URL(`../docs/${name}`, import.meta.url));

function row(path: readonly string[]): string {
  const schema = settingAt(configSchema, path);
  const preset = schema instanceof z.ZodDefault ? `\`${JSON.stringify(schema.def.defaultValue)}\`` : '';
  const isTakenUp = isLive(path) ? 'at once' : 'restart';
  return `| \`${path.join('.')}\` | \`${variableOf(path)}\` | ${preset} | ${isTakenUp} | ${schema.description ?? ''} |`;
}

const page = `# Configuration

Defaults, then a file (\`--config FILE\` or \`HOTPLEX_CONFIG\`; YAML, JSON or TOML by its ending), then the environment. A key
that does not exist is an error with a suggestion. Lengths of time are milliseconds or text such as \`30s\`, \`5m\`,
\`12h\`, \`7d\`; sizes are bytes or text such as \`512MB\`, \`4GB\`.

\`\`\`yaml
# yaml-language-server: $schema=./configuration.schema.json
inherits: base.yaml                 # or a list; what stands here goes over it, section by section
gateway:
  addr: 0.0.0.0:\${PORT:-8888}      # from the environment, or 8888; $\${ is a \${ that is meant so
\`\`\`

\`\`\`bash
hotplex config check     # is it right? says what is not, and exits with 1
hotplex config show      # what it comes to, and where each value is from; secrets are left out
hotplex config diff      # what is not as by default; or against another file: hotplex config diff OTHER.yaml
hotplex config schema    # for editors; also docs/configuration.schema.json
\`\`\`

## While the gateway runs

A gateway takes a changed file up by itself a few seconds after it was written, unless \`gateway.watch_config\` is false; at
once on \`SIGHUP\`, or when an operator asks for it with \`POST /admin/config/reload\`. A gateway in a terminal ends on \`SIGHUP\`,
because that is what closing the terminal sends. [Operations](operations.md#changing-the-configuration) tells of history and going back.

* The file is looked at as a whole first. If anything in it is wrong, nothing changes: the old configuration stays in force, and
  the log, the audit log and \`hotplex_config_reloads_total\` say so.
* Settings that say *restart* below wait for one, and a warning names those that changed. So do files that are inherited anew.
* What would weaken security is refused as a whole, and named: a further API key or one in place of another, a rule of the
  policy that is gone, a mode that asks less, a work dir that was not allowed, a longer \`reauth_grace\` or \`revocation_check\`.
  It needs a restart, whatever it was a moment ago: what a change made stricter, only a restart makes weaker again.
* A wait that has begun keeps its length; connections keep how patient they were when they were opened.

## All settings

| key | environment | default | taken up | meaning |
|---|---|---|---|---|
${settingPaths(configSchema).map(row).join('\n')}
`;

const files = {
  'configuration.md': page,
  'configuration.schema.json': `${JSON.stringify(configJsonSchema(), null, 2)}\n`,
};
for (const [name, text] of Object.entries(files)) {
  const file = docs(name);
  if (!process.argv.includes('--check')) writeFileSync(file, text);
  else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
    console.error(`docs/${name} is not what the schema says: run \`node scripts/write-configuration.ts\``);
    process.exit(1);
  }
}

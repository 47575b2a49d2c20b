// Writes docs/openapi/*.json from the routes of both listeners; with --check only says whether they are current.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createAdminApi, describeAdminApi } from '../apps/gateway/src/http/admin/admin-api.ts';
import { createApi, describePublicApi } from '../apps/gateway/src/http/api.ts';

/** No request is answered here: of the routes only the schemas are read, and nothing stands behind them. */
const nothing = { operations: { pool: {}, auditLog: {} }, operatorAdmission: {} } as unknown;
const documents = {
  'gateway.json': describePublicApi(createApi(nothing as Parameters<typeof createApi>[0]), 'X-API-Key'),
  'admin.json': describeAdminApi(createAdminApi(nothing as Parameters<typeof createAdminApi>[0])),
};

const folder = fileURLToPath(new URL('../docs/openapi/', import.meta.url));
if (!process.argv.includes('--check')) mkdirSync(folder, { recursive: true });
for (const [name, document] of Object.entries(documents)) {
  const text = `${JSON.stringify(document, null, 2)}\n`;
  const file = `${folder}${name}`;
  if (!process.argv.includes('--check')) writeFileSync(file, text);
  else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
    console.error(`docs/openapi/${name} is not what the routes say: run \`node scripts/write-openapi.ts\``);
    process.exit(1);
  }
}

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Rolldown } from 'tsdown';

const packageRoot = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/;
const isLicense = (name: string) => /^(?:licen[cs]e|copying|notice)/i.test(name);

/** Puts a file beside the programs that says whose code is in them, and under which licence: all of these ask for that. */
export function bundledLicenses(): Rolldown.Plugin {
  return {
    name: 'bundled-licenses',
    generateBundle(_, bundle) {
      const modules = Object.values(bundle).flatMap((output) =>
        output.type === 'chunk' ? output.moduleIds : [],
      );
      const roots = new Set(modules.flatMap((id) => packageRoot.exec(id)?.[0] ?? []));
      const source = [...roots].map(licenseOf).sort().join('\n\n');
      if (source) this.emitFile({ type: 'asset', fileName: 'third-party-licenses.txt', source });
    },
  };
}

function licenseOf(root: string): string {
  const { name, version, license }: Record<string, unknown> = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  const texts = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isFile() && isLicense(entry.name))
    .map((entry) => readFileSync(join(root, entry.name), 'utf8').trim());
  return [`${name} ${version}, ${license}`, ...texts].join('\n\n');
}

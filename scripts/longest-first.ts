import { basename } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Test files that take long for their group, the longest first: begun last, one of them would run alone at the end. */
const longest = [
  'acpx-contract',
  'agents',
  'opencode-cli-contract',
  'opencode-cli-trouble',
  'acp-opencode-contract',
  'opencode-server-contract',
  'sandbox',
  'acp-claude-contract',
  'claude-code-contract',
  'pi-contract',
  ...['python', 'java', 'go', 'chat', 'transport-examples'],
  ...['openapi-fuzz', 'keeper'],
];

/** Vitest’s own order, but with the long files in front. */
export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const rank = ({ moduleId }: TestSpecification): number => {
      const at = longest.indexOf(basename(moduleId, '.test.ts'));
      return at < 0 ? longest.length : at;
    };
    return sorted.toSorted((a, b) => rank(a) - rank(b));
  }
}

import { expect, test } from 'vitest';
import { plainToolName } from '../../lib/plain-tool-name.ts';
import { shortPath } from '../../lib/short-path.ts';

test('a tool of an MCP server is called by its server and its own name', () => {
  expect(plainToolName('mcp__tickets__create__draft')).toBe('tickets · create__draft');
  expect(['Bash', 'mcp__', 'mcp__x', 'a__b__c'].map(plainToolName)).toEqual([
    'Bash',
    'mcp__',
    'mcp__x',
    'a__b__c',
  ]);
});

test('a path is cut at its front', () => {
  expect(shortPath('/home/ada/code/project')).toBe('…/code/project');
  expect(shortPath('/home/ada/code/project', 1)).toBe('project');
  expect(shortPath('/tmp')).toBe('/tmp');
});

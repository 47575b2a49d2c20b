import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { basename, delimiter, dirname, isAbsolute, join, sep } from 'node:path';
import { findTool } from '../find-tool.ts';
import { realPath } from './real-path.ts';

/**
 * Where a program and what runs it are installed, and the folders of its PATH: what it reads and runs. Links are followed;
 * a Node package is read with the whole `node_modules` that it lies in.
 */
export function programPlaces(file: string, path = ''): string[] {
  const folders = path.split(delimiter).filter((folder) => isAbsolute(folder) && existsSync(folder));
  const interpreter = interpreterOf(file, path);
  const programs = [file, ...(interpreter === undefined ? [] : [interpreter]), ...nodeOf(path)];
  return [...new Set([...folders, ...programs.flatMap(installPlaces)])];
}

/** Most agents and their tools are run by the Node of their PATH, whatever their first line says. */
function nodeOf(path: string): string[] {
  const node = findTool('node', path);
  return node === undefined ? [] : [node];
}

/** The program itself where it is called, and the folder that its real file needs around it. */
function installPlaces(file: string): string[] {
  const real = realPath(file);
  return [...new Set([file, ...[file, real].map(installFolder)])];
}

/** NOTE: outermost, since packages of a tree lead to each other by links (pnpm) or by looking upwards (npm). */
function installFolder(file: string): string {
  const names = file.split(sep);
  const at = names.indexOf('node_modules');
  if (at > 0) return names.slice(0, at + 1).join(sep);
  const folder = dirname(file);
  // Node as it is unpacked: its npm lies beside it.
  const modules = join(dirname(folder), 'lib', 'node_modules');
  return basename(folder) === 'bin' && existsSync(modules) ? modules : file;
}

/** What the first line of a script names (man 2 execve), also by `env`. */
function interpreterOf(file: string, path: string): string | undefined {
  const [program = '', ...args] = firstLine(file)?.slice(2).trim().split(/\s+/) ?? [];
  if (!isAbsolute(program)) return undefined;
  if (basename(program) !== 'env') return program;
  const name = args.find((word) => !word.startsWith('-') && !word.includes('='));
  return name === undefined ? program : findTool(name, path);
}

function firstLine(file: string): string | undefined {
  try {
    const fd = openSync(file, 'r');
    try {
      const start = Buffer.alloc(256);
      const text = start.toString('latin1', 0, readSync(fd, start));
      return text.startsWith('#!') ? text.split('\n')[0] : undefined;
    } finally {
      closeSync(fd);
    }
  } catch {
    return undefined;
  }
}

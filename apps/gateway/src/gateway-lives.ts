import { existsSync, readFileSync } from 'node:fs';
import { writePrivateFile } from './auth/private-file.ts';

/** The lives that this gateway has had in its cluster and that may own sessions, the newest last. */
export type GatewayLives = {
  readonly past: readonly string[];
  /** Another one begins. */
  add(life: string): void;
  /** Nothing is left to those before the newest. */
  settle(): void;
};

/** NOTE: whoever reads the file holds the lock of its folder, so none of these lives goes on. */
export function openLives(file: string): GatewayLives {
  const past = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
  let lives = [...past];
  const write = () => writePrivateFile(file, lives.map((life) => `${life}\n`).join(''));
  return {
    past,
    add(life) {
      lives.push(life);
      write();
    },
    settle() {
      lives = lives.slice(-1);
      write();
    },
  };
}

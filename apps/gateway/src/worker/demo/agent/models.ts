/** A made-up model: it differs from the other by how fast it speaks. */
export type DemoModel = { id: string; name: string; description: string; wordMs: number };

export const demoModels = [
  { id: 'demo', name: 'Demo script', description: 'Made up: speaks quickly.', wordMs: 25 },
  { id: 'demo-slow', name: 'Demo slow', description: 'Made up: thinks about every word.', wordMs: 90 },
] as const satisfies readonly DemoModel[];

export const defaultModel: DemoModel = demoModels[0];

export function findModel(id: string): DemoModel | undefined {
  return demoModels.find((model) => model.id === id);
}

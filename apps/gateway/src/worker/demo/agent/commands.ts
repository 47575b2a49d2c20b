import type { NoticeReason } from '@hotplex/aep-protocol';
import type { DemoCommand, DemoLine } from '../messages.ts';
import { type DemoModel, demoModels, findModel } from './models.ts';
import { formServer } from './scripts/form.ts';
import { scripts } from './scripts.ts';
import type { Surroundings } from './surroundings.ts';

/** How many words the demo says it can keep in mind; as made up as its models. */
const contextWords = 10_000;

export type CommandContext = {
  surroundings: Surroundings;
  model: DemoModel;
  onModel: (model: DemoModel) => void;
};

/** Does what a command asks for and says so. */
export function runCommand(command: DemoCommand, value: string, context: CommandContext): DemoLine[] {
  switch (command) {
    case 'set_model':
    case 'model':
      return value === '' ? [tellModel(context.model)] : [changeModel(value, context)];
    case 'context_usage':
      return [tellUsage(context)];
    case 'mcp_status':
      return [{ type: 'servers', servers: [{ name: formServer, status: 'made up' }] }];
    case 'skills': {
      const found = scripts.filter(({ keyword }) => keyword.includes(value));
      const skills = found.map(({ keyword, shows }) => ({ name: keyword, description: shows }));
      return [{ type: 'skills', skills, filter: value || undefined }];
    }
    case 'clear': {
      const { memory } = context.surroundings;
      memory.clear();
      const message = 'A new conversation: the demo agent forgot what was said before.';
      return [
        { type: 'session', id: memory.session },
        {
          type: 'notice',
          kind: 'info',
          message,
          details: { reason: 'new_conversation' satisfies NoticeReason },
        },
      ];
    }
  }
}

function tellModel({ id }: DemoModel): DemoLine {
  return { type: 'notice', kind: 'model', message: `The model is ${id}.`, details: { model: id } };
}

function changeModel(id: string, { onModel }: CommandContext): DemoLine {
  const model = findModel(id);
  if (model) {
    onModel(model);
    return { type: 'notice', kind: 'model', message: `Model is now ${id}.`, details: { model: id } };
  }
  const message = `There is no model ${id}; choose one of ${demoModels.map((known) => known.id).join(', ')}.`;
  return { type: 'failure', code: 'CONFIG_INVALID', message, details: { field: 'model' } };
}

/** NOTE: the demo has no tokens; what it counts are words, and the parts say so. */
function tellUsage({ surroundings, model }: CommandContext): DemoLine {
  const { heard, said } = surroundings.memory.remembered.words;
  const parts = [
    { name: 'Words you wrote', words: heard },
    { name: 'Words the demo said', words: said },
  ];
  return {
    type: 'usage',
    model: model.id,
    used: Math.min(heard + said, contextWords),
    size: contextWords,
    parts,
  };
}

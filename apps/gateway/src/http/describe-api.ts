import type { OpenAPIHono } from '@hono/zod-openapi';
import type { ApiEnvironment } from './api-environment.ts';
import type { Permissions } from './permissions.ts';
import { type RefusedStatus, refusal, refusals } from './refusals.ts';

type Described = {
  title: string;
  description: string;
  version: string;
  permissions: Permissions;
  /** The header that API keys are taken in, where they are. */
  apiKeyHeader: string | undefined;
  /** What any route of this listener may answer. */
  everywhere: readonly RefusedStatus[];
};

/** An OpenAPI 3.1 document. */
export type ApiDescription = ReturnType<OpenAPIHono<ApiEnvironment>['getOpenAPI31Document']>;
type Operation = NonNullable<NonNullable<ApiDescription['paths']>[string]['get']>;

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;

/**
 * The OpenAPI 3.1 document of a listener, from the schemas that its routes parse and answer with and from the table of who
 * may use them. What the door and the middleware answer is added to each route.
 */
export function describeApi(
  api: OpenAPIHono<ApiEnvironment>,
  { title, description, version, permissions, apiKeyHeader, everywhere }: Described,
): ApiDescription {
  api.openAPIRegistry.register('Refusal', refusal);
  const document = api.getOpenAPI31Document({ openapi: '3.1.0', info: { title, description, version } });
  const schemes = {
    bearer: { type: 'http', scheme: 'bearer' } as const,
    ...(apiKeyHeader !== undefined && {
      api_key: { type: 'apiKey', in: 'header', name: apiKeyHeader } as const,
    }),
  };
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    for (const method of methods) {
      const operation = item[method];
      if (!operation) continue;
      const route = `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`;
      const needed = permissions[route] ?? 'nobody';
      const isOpen = needed === 'anyone';
      operation.operationId = [method, ...path.split(/\W+/)].filter(Boolean).join('_');
      operation.security = isOpen ? [] : Object.keys(schemes).map((name) => ({ [name]: [] }));
      if (!isOpen) Object.assign(operation, { 'x-needs': needed });
      operation.responses = withRefusals(operation, [
        ...everywhere,
        ...refusedBy(operation, { isOpen, path }),
      ]);
    }
  }
  return { ...document, components: { ...document.components, securitySchemes: schemes } };
}

/** What its middleware and its parser may answer. */
function refusedBy(
  { parameters, requestBody }: Operation,
  { isOpen, path }: { isOpen: boolean; path: string },
): RefusedStatus[] {
  return [
    ...(isOpen ? [] : ([401, 403] as const)),
    ...(path.includes('{') ? ([404] as const) : []),
    ...(parameters !== undefined || requestBody !== undefined ? ([400] as const) : []),
    ...(requestBody === undefined ? [] : ([411, 413, 415] as const)),
  ];
}

/** As the generator writes a schema that has a name: by that. What Node itself refuses has no body. */
function withRefusals({ responses }: Operation, statuses: readonly RefusedStatus[]): Operation['responses'] {
  const schema = { $ref: '#/components/schemas/Refusal' };
  const added = Object.entries(refusals(...statuses)).map(([status, { description }]) => [
    status,
    { description, content: { 'application/json': { schema } } },
  ]);
  return {
    ...Object.fromEntries(added),
    431: { description: 'Its headers, the address among them, are too large.' },
    ...responses,
  };
}

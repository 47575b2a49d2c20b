import type { OpenAPIHono } from '@hono/zod-openapi';
import type { MiddlewareHandler } from 'hono';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { GatewayError } from '../ground/gateway-error.ts';
import type { ApiEnvironment } from './api-environment.ts';
import { errorBody } from './api-error.ts';

/** Answers 405 where there is a route, but for other methods. */
export const refuseOtherMethods = (app: OpenAPIHono<ApiEnvironment>): MiddlewareHandler =>
  methodNotAllowed({
    app,
    onMethodNotAllowed: (c, methods) => {
      const allow = methods.join(', ');
      const error = new GatewayError('INVALID_MESSAGE', `this address takes ${allow}`);
      return c.json(errorBody(error), 405, { allow });
    },
  });

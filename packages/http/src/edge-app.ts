import { isId, newId } from '@madoguchi/kernel';
import type { Telemetry } from '@madoguchi/telemetry';
import express from 'express';
import type { Express, NextFunction, Request, Response } from 'express';
import helmet from 'helmet';
import { sendProblem } from './problem.ts';
import type { Route } from './route.ts';

const METHODS = ['get', 'post', 'put', 'patch', 'delete', 'options'] as const;

/** The request's own id; a caller's is taken over only where it has the form of ours. */
export function correlationIdOf(response: Response): string {
  const known: unknown = response.locals['correlationId'];
  return typeof known === 'string' ? known : newId();
}

function security() {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        fontSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        frameSrc: ["'self'", 'blob:'],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: { maxAge: 31_536_000, includeSubDomains: true },
  });
}

const pathOf = (route: Route): string => route.path.replace(/\{(\w+)\}/gu, ':$1');

function mount(app: Express, routes: readonly Route[], telemetry: Telemetry): void {
  for (const route of routes)
    app[route.method](pathOf(route), (request: Request, response: Response, next: NextFunction) => {
      telemetry
        .span(
          `${route.method.toUpperCase()} ${route.path}`,
          { kind: 'server', parent: request.get('traceparent') },
          () => route.handle(request, response),
        )
        .catch(next);
    });
  for (const path of new Set(routes.map(pathOf))) {
    const allowed = routes
      .filter((route) => pathOf(route) === path)
      .map((route) => route.method.toUpperCase());
    app.all(path, (_request, response) => {
      response.set('allow', allowed.join(', '));
      sendProblem(response, { code: 'method_not_allowed' }, correlationIdOf(response));
    });
  }
}

/**
 * An Express application for an edge: security headers, correlation ids, declared routes only, problem
 * answers for everything that goes wrong. Query strings are not used; forwarded headers are not believed.
 */
export function edgeApp(options: {
  routes: readonly Route[];
  telemetry: Telemetry;
  /** What is served beside the routes: the built pages. */
  pages?: (app: Express) => void;
}): Express {
  const { routes, telemetry, pages } = options;
  const app = express();
  app
    .disable('x-powered-by')
    .set('query parser', 'simple')
    .set('trust proxy', false)
    .set('etag', false);
  app.use(security());
  app.use((request, response, next) => {
    const given = request.get('x-correlation-id') ?? '';
    response.locals['correlationId'] = isId(given) ? given : newId();
    response.set('x-correlation-id', correlationIdOf(response));
    if (request.path.startsWith('/api/')) response.set('cache-control', 'no-store');
    if (Object.keys(request.query).length > 0 && request.path.startsWith('/api/'))
      sendProblem(
        response,
        { code: 'malformed_request', details: { items: ['query: not used here'] } },
        correlationIdOf(response),
      );
    else if (
      !METHODS.includes(request.method.toLowerCase() as (typeof METHODS)[number]) &&
      request.method !== 'HEAD'
    )
      sendProblem(response, { code: 'method_not_allowed' }, correlationIdOf(response));
    else next();
  });
  mount(app, routes, telemetry);
  pages?.(app);
  app.use((_request, response) =>
    sendProblem(response, { code: 'not_found' }, correlationIdOf(response)),
  );
  // Express knows an error handler by its four parameters.
  // oxlint-disable-next-line max-params
  app.use((error: unknown, _request: Request, response: Response, next: NextFunction) => {
    const correlationId = correlationIdOf(response);
    const status =
      typeof error === 'object' && error !== null && 'status' in error ? Number(error.status) : 500;
    if (status >= 500) telemetry.log.error({ correlationId, err: error }, 'request failed');
    if (response.headersSent) next(error);
    else
      sendProblem(
        response,
        { code: status < 500 ? 'malformed_request' : 'internal_fault' },
        correlationId,
      );
  });
  return app;
}

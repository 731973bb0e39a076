import { recordTelephoneEvent } from '@madoguchi/contracts';
import type { Route } from '@madoguchi/http';
import { correlationIdOf, readBody, sendProblem } from '@madoguchi/http';
import type { Runtime } from '@madoguchi/service';
import type { Response } from 'express';
import type { consoleConfig } from '../config.ts';
import { readEvent, sameText, signatureHolds } from './read-event.ts';
import { readFields } from './read-fields.ts';

type ConsoleRuntime = Runtime<{ $disconnect(): Promise<void> }, typeof consoleConfig>;
const LARGEST_EVENT = 64_000;

/** A telephone system wants its own kind of answer, or it never sends another event. */
function acknowledge(response: Response, url: string, dialect: string | undefined): void {
  if (dialect === 'sipgate')
    response
      .type('application/xml')
      .send(
        `<?xml version="1.0" encoding="UTF-8"?><Response onAnswer="${url}" onHangup="${url}"/>`,
      );
  else if (dialect === 'twilio')
    response.type('text/xml').send('<?xml version="1.0" encoding="UTF-8"?><Response/>');
  else response.json({});
}

/** `POST /api/v1/cti/{token}`: telephone events of several dialects, in any of three body types. */
export function receiveEvent(runtime: ConsoleRuntime): Route {
  const { config, call } = runtime;
  return {
    method: 'post',
    path: '/api/v1/cti/{token}',
    summary:
      'A telephone event: Zammad generic CTI, sipgate.io push, or Twilio; JSON, form or multipart.',
    authority: 'path-token',
    needs: 'nothing',
    async handle(request, response) {
      const token = String(request.params['token'] ?? '');
      if (!sameText(token, config.CTI_TOKEN)) {
        response.status(401).json({ error: 'unknown token' });
        return;
      }
      const correlationId = correlationIdOf(response);
      const body = await readBody(request, LARGEST_EVENT);
      if (!body.ok) return sendProblem(response, body.refusal, correlationId);
      const fields = await readFields(body.value, request.get('content-type') ?? '');
      if (!fields) return sendProblem(response, { code: 'unsupported_media_type' }, correlationId);
      const url = `${config.PUBLIC_URL}${request.path}`;
      const secrets = {
        twilioToken: config.TWILIO_AUTH_TOKEN,
        sipgateKey: config.SIPGATE_PUBLIC_KEY,
      };
      const header = (name: string): string => request.get(name) ?? '';
      if (!signatureHolds(secrets, { body: body.value, fields, url, header }))
        return sendProblem(response, { code: 'forged_request' }, correlationId);
      const event = readEvent(fields);
      if (event) {
        const parsed = recordTelephoneEvent.request.safeParse(event);
        if (!parsed.success)
          return sendProblem(response, { code: 'malformed_request' }, correlationId);
        const recorded = await call(recordTelephoneEvent, parsed.data, {
          actorToken: await runtime.ownActorToken(),
          correlationId,
        });
        if (!recorded.ok) return sendProblem(response, recorded.refusal, correlationId);
      }
      acknowledge(response, url, event?.dialect);
    },
  };
}

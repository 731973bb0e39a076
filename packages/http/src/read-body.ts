import type { IncomingMessage } from 'node:http';
import type { Refusal, Result } from '@madoguchi/kernel';
import { ok, refuse } from '@madoguchi/kernel';

/** Reads a body up to a limit; a larger or a packed one is refused without being kept. */
export async function readBody(
  request: IncomingMessage,
  limitBytes: number,
): Promise<Result<Buffer, Refusal<'payload_too_large' | 'unsupported_media_type'>>> {
  const packed = request.headers['content-encoding'];
  if (packed !== undefined && packed !== 'identity') return refuse('unsupported_media_type');
  if (Number(request.headers['content-length'] ?? 0) > limitBytes)
    return refuse('payload_too_large');
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > limitBytes) return refuse('payload_too_large');
    chunks.push(chunk);
  }
  return ok(Buffer.concat(chunks));
}

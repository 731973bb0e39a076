import type { IncomingMessage } from 'node:http';
import type { Refusal, Result } from '@madoguchi/kernel';
import { ok, refuse } from '@madoguchi/kernel';

/** Read and thrown away, so that who sends too much gets an answer and no broken connection. */
const LARGEST_WASTE_BYTES = 8_000_000;

/** Reads a body up to a limit; a larger or a packed one is refused without being kept. */
export async function readBody(
  request: IncomingMessage,
  limitBytes: number,
): Promise<Result<Buffer, Refusal<'payload_too_large' | 'unsupported_media_type'>>> {
  const packed = request.headers['content-encoding'];
  if (packed !== undefined && packed !== 'identity') return refuse('unsupported_media_type');
  const tooLarge = refuse('payload_too_large', { limitBytes });
  if (Number(request.headers['content-length'] ?? 0) > LARGEST_WASTE_BYTES) return tooLarge;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > LARGEST_WASTE_BYTES) return tooLarge;
    if (size <= limitBytes) chunks.push(chunk);
  }
  return size > limitBytes ? tooLarge : ok(Buffer.concat(chunks));
}

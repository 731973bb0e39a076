import { writeFileSync } from 'node:fs';
import { descriptions } from './descriptions.ts';

/** Developers' command: `npm run describe` writes docs/openapi.yaml and docs/asyncapi.yaml. */
for (const [name, text] of Object.entries(descriptions()))
  writeFileSync(new URL(`../../../../docs/${name}`, import.meta.url), text);

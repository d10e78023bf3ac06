import { startEmbedded } from '../db/embedded.ts';

const [, , dir = ''] = process.argv;
const { port } = await startEmbedded({ dir, settings: ['fsync=off'] });
process.stdout.write(String(port));
setInterval(() => undefined, 60_000);

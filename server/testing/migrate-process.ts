import { prepareDatabase } from '../db/prepare.ts';

const [, , ownerUrl = '', appPassword = ''] = process.argv;
await prepareDatabase({ ownerUrl, appPassword });

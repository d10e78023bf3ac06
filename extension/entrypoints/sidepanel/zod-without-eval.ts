import { config } from 'zod';

// Extension pages forbid `eval`; without this zod probes for it and the browser logs a policy violation.
config({ jitless: true });

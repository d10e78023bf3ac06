import { keyScopeSchema } from '#shared/api.ts';
import { connect, expectData } from '../api-client.ts';
import { UsageError, type Command } from '../command.ts';

export const keysCreateCommand: Command = {
  name: 'keys create',
  usage: '--name N [--scope scan|session|admin …]',
  summary: 'Make another API key of this account; it is shown once',
  options: { name: { type: 'string' }, scope: { type: 'string', multiple: true } },
  positionals: 0,
  run: async (context, args) => {
    const name = args.text('name');
    if (name === undefined || name.trim() === '') throw new UsageError('keys create needs --name');
    const scopes = (args.texts('scope').length === 0 ? ['scan'] : args.texts('scope')).map((given) => {
      const scope = keyScopeSchema.safeParse(given);
      if (!scope.success) throw new UsageError(`There is no scope ${given}; there are scan, session and admin`);
      return scope.data;
    });
    const { client, server } = await connect(context, args);
    const created = await expectData(client.POST('/keys', { body: { name: name.trim(), scopes } }), server);
    context.terminal.result(created.key, created);
    return 0;
  },
};

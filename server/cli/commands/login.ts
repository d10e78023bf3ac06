import { createReconClient } from '../../../sdk/client.ts';
import { chooseServer, CLIENT_NAME, createPatientFetch, expectData } from '../api-client.ts';
import { CommandError, type Command } from '../command.ts';
import { readConfig, writeConfig } from '../config.ts';

export const loginCommand: Command = {
  name: 'login',
  usage: '[--server URL]',
  summary: 'Keep a key for a server; asks for the key or the one-time code of a local server',
  options: {},
  positionals: 0,
  run: async (context, args) => {
    const { terminal, host } = context;
    const config = await readConfig(host.configDir);
    const server = chooseServer(args, host, config.server);
    const secret =
      (host.key ?? (await terminal.ask(`Key (rec_live_…) or one-time code for ${server}: `)))?.trim() ?? '';
    if (secret === '') {
      throw new CommandError('NO_SECRET', 'Nothing was given. Type the key or code, pipe it in, or set RECON_KEY.');
    }
    const fetch = createPatientFetch(context.signal);
    let key = secret;
    if (!secret.startsWith('rec_live_')) {
      const anonymous = createReconClient({ server, client: CLIENT_NAME, fetch });
      ({ key } = await expectData(anonymous.POST('/connect', { body: { code: secret } }), server));
    }
    const client = createReconClient({ server, key, client: CLIENT_NAME, fetch });
    await expectData(client.GET('/scans', { params: { query: { limit: 1 } } }), server);
    await writeConfig(host.configDir, { ...config, server, keys: { ...config.keys, [server]: key } });
    terminal.result(`Logged in to ${server}`, { server });
    return 0;
  },
};

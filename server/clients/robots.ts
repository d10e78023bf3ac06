interface Rule {
  allow: boolean;
  /** Length of the pattern: the longest match decides. */
  length: number;
  test: (path: string) => boolean;
}

export interface RobotsRules {
  allows(path: string): boolean;
  crawlDelayMs: number | null;
}

const MAX_LINES = 20_000;
const AGENT = 'browser-recon';

/** Matches `*` and a closing `$` by walking the pieces in order; never backtracks. */
function patternTest(pattern: string): (path: string) => boolean {
  const anchored = pattern.endsWith('$');
  const pieces = (anchored ? pattern.slice(0, -1) : pattern).split('*');
  return (path) => {
    let at = 0;
    for (const [i, piece] of pieces.entries()) {
      const isLast = i === pieces.length - 1;
      if (isLast && anchored && i > 0) return path.length - piece.length >= at && path.endsWith(piece);
      const found = i === 0 ? (path.startsWith(piece) ? 0 : -1) : path.indexOf(piece, at);
      if (found === -1) return false;
      at = found + piece.length;
    }
    return !anchored || at === path.length;
  };
}

const normal = (path: string): string => {
  try {
    return encodeURI(decodeURI(path));
  } catch {
    return path;
  }
};

/** Reads robots.txt as RFC 9309 says: the group of our own name, else of `*`; the longest rule decides, `Allow` wins a tie. */
export function parseRobots(text: string): RobotsRules {
  const groups = new Map<string, { rules: Rule[]; delay: number | null }>();
  let current: string[] = [];
  let inAgents = false;
  for (const line of text.replace(/^\uFEFF/, '').split(/\r\n?|\n/, MAX_LINES)) {
    const bare = line.replace(/#.*$/, '');
    const at = bare.indexOf(':');
    if (at === -1) continue;
    const field = bare.slice(0, at).trim().toLowerCase();
    const value = bare.slice(at + 1).trim();
    if (field === 'user-agent') {
      const agent = value.toLowerCase();
      current = inAgents ? [...current, agent] : [agent];
      inAgents = true;
      if (!groups.has(agent)) groups.set(agent, { rules: [], delay: null });
      continue;
    }
    if (field !== 'allow' && field !== 'disallow' && field !== 'crawl-delay') continue;
    inAgents = false;
    for (const agent of current) {
      const group = groups.get(agent);
      if (group === undefined) continue;
      if (field === 'crawl-delay') {
        const seconds = Number(value);
        if (Number.isFinite(seconds) && seconds >= 0) group.delay = seconds * 1_000;
      } else if (value !== '') {
        const pattern = normal(value);
        group.rules.push({ allow: field === 'allow', length: pattern.length, test: patternTest(pattern) });
      }
    }
  }
  const group = groups.get(AGENT) ?? groups.get('*');
  return {
    crawlDelayMs: group?.delay ?? null,
    allows: (path) => {
      const matching = (group?.rules ?? []).filter((rule) => rule.test(normal(path)));
      const longest = Math.max(0, ...matching.map(({ length }) => length));
      const deciding = matching.filter(({ length }) => length === longest);
      return deciding.length === 0 || deciding.some(({ allow }) => allow);
    },
  };
}

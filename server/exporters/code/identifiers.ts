const RESERVED = new Set(
  (
    'abstract any arguments as async await boolean break case catch class const continue debugger declare def default del delete do ' +
    'elif else enum eval except export extends false finally for from function get global if implements import in instanceof ' +
    'interface is lambda let match module namespace new nonlocal none not null number object of or package pass private protected ' +
    'public raise require return self set static str string super switch symbol this throw true try type typeof undefined ' +
    'unknown var void while with yield and assert process console fetch url error record promise response request headers body ' +
    'main call query segment records wait json os sys time urllib dict list int float bool bytes print range len id input filter ' +
    'next iter open options env argv'
  ).split(' '),
);

const ARTICLES = new Set(['a', 'an', 'the']);

/** ASCII words of any text: `X-Request-ID` → x, request, id; `productId` → product, id. */
export function splitWords(text: string): string[] {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase())
    .slice(0, 8);
}

const capitalize = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

export type NameStyle = 'camel' | 'pascal' | 'snake' | 'upper';

function joinWords(words: readonly string[], style: NameStyle): string {
  if (style === 'snake') return words.join('_');
  if (style === 'upper') return words.join('_').toUpperCase();
  return words.map((word, index) => (style === 'camel' && index === 0 ? word : capitalize(word))).join('');
}

/**
 * Gives each name once: two texts that come out alike get a number, a reserved word or a leading digit gets an
 * underscore. One namer is one scope.
 */
export function createNamer(
  style: NameStyle,
  taken: Iterable<string> = [],
): (text: string, fallback: string) => string {
  const used = new Set(taken);
  return (text, fallback) => {
    const words = splitWords(text.slice(0, 120)).filter((word) => !ARTICLES.has(word));
    let base = joinWords(words.length > 0 ? words : [fallback], style).slice(0, 60);
    if (/^\d/.test(base)) base = `_${base}`;
    if (RESERVED.has(base.toLowerCase())) base = `${base}_`;
    let name = base;
    for (let n = 2; used.has(name); n++)
      name = `${base}${style === 'snake' || style === 'upper' ? '_' : ''}${String(n)}`;
    used.add(name);
    return name;
  };
}
